"""Read XLSX, ODS and XLS in a child process with limits. No Django, and little else: the process
starts for every file."""

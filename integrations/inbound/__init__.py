"""Read a forwarded mail: what it says, and which wait it belongs to. Nothing here touches the database."""  # noqa: E501

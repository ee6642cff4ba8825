import os

from django.core.wsgi import get_wsgi_application

from config.content_length import largest_body, measured
from config.logs import mask_servers_lines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = measured(get_wsgi_application(), most=largest_body())
mask_servers_lines()

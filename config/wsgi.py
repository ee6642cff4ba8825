import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.bodies import measured
from config.logs import mask_servers_lines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = measured(get_wsgi_application(), most=settings.BODY_MAX)
mask_servers_lines()

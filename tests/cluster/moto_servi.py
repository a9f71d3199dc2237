"""The S3 of the tests as a WSGI application, for a server whom a host that was cut off does not hold up."""

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

application = DomainDispatcherApplication(create_backend_app)

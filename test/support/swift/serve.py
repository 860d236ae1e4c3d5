"""Serves the S3 API of OpenStack Swift from one process, for tests.

Usage: serve.py FOLDER PORT ACCESS_KEY SECRET_KEY. PORT 0 chooses a free one. Prints the port when it is ready to answer, and ends
with its standard input.
"""
import os
import sys

import eventlet

eventlet.monkey_patch(all=False, socket=True, select=True, thread=True, time=True)

from eventlet import wsgi  # noqa: E402
from swift.common import utils  # noqa: E402

folder, port, access_key, secret_key = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
os.makedirs(folder, exist_ok=True)
swift_conf = os.path.join(folder, 'swift.conf')
with open(swift_conf, 'w') as out:
    out.write('[swift-hash]\nswift_hash_path_prefix = chartroom\nswift_hash_path_suffix = chartroom\n')
utils.SWIFT_CONF_FILE = swift_conf
utils.validate_hash_conf()

from swift.account.server import AccountController  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.storage_policy import reload_storage_policies  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402
from swift.container.server import ContainerController  # noqa: E402
from swift.obj.server import ObjectController  # noqa: E402

reload_storage_policies()


class Silence:
    """Takes the lines of the web server."""

    def write(self, *_):
        pass

    def flush(self):
        pass


class Forgetful:
    """Stands for memcached, which tempauth asks for but the S3 API does not need."""

    def get(self, *_, **__):
        return None

    def set(self, *_, **__):
        pass

    delete = set

    def incr(self, *_, **__):
        return 1


def with_cache(app):
    def answer(environ, start_response):
        environ['swift.cache'] = Forgetful()
        return app(environ, start_response)

    return answer


def serve(app, listener):
    eventlet.spawn(wsgi.server, listener, app, Silence(), max_size=256, log_output=False, minimum_chunk_size=1)


def listen(on=0):
    return eventlet.listen(('127.0.0.1', on), backlog=256, reuse_port=False)


devices = os.path.join(folder, 'devices')
os.makedirs(os.path.join(devices, 'disk'), exist_ok=True)
settings = {
    'devices': devices, 'swift_dir': folder, 'mount_check': 'false', 'disable_fallocate': 'true', 'bind_ip': '127.0.0.1',
    'recon_cache_path': folder, 'disk_chunk_size': '1048576', 'network_chunk_size': '65536',
}
for kind, controller in (('account', AccountController), ('container', ContainerController), ('object', ObjectController)):
    listener = listen()
    builder = RingBuilder(1, 1, 0)
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'weight': 1.0, 'ip': '127.0.0.1', 'port': listener.getsockname()[1], 'device': 'disk'})
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, kind + '.ring.gz'))
    serve(controller(dict(settings)), listener)

proxy_conf = os.path.join(folder, 'proxy.conf')
with open(proxy_conf, 'w') as out:
    out.write(f'''[DEFAULT]
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats s3api tempauth copy slo dlo versioned_writes proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
check_bucket_owner = false
auth_pipeline_check = false
max_multi_delete_objects = 1000
[filter:tempauth]
use = egg:swift#tempauth
user_test_{access_key.split(':')[1]} = {secret_key} .admin
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:copy]
use = egg:swift#copy
[filter:versioned_writes]
use = egg:swift#versioned_writes
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:proxy-logging]
use = egg:swift#proxy_logging
access_log_statsd_host =
''')
listener = listen(port)
serve(with_cache(loadapp(proxy_conf)), listener)
print(listener.getsockname()[1], flush=True)


def wait_for_parent():
    """Ends the process when its standard input closes."""
    fd = sys.stdin.fileno()
    while True:
        eventlet.hubs.trampoline(fd, read=True)
        if os.read(fd, 4096) == b'':
            os._exit(0)


eventlet.spawn(wait_for_parent).wait()

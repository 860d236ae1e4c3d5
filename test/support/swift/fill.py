"""Adds objects to the listing of a container of the Swift that serve.py runs, without their content: storing each takes a tenth of a second.

Usage: fill.py FOLDER CONTAINER PREFIX COUNT. The names are the prefix and five digits; each object has 11 bytes.
"""
import glob
import os
import sys

folder, container, prefix, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])

from swift.common import utils  # noqa: E402

utils.SWIFT_CONF_FILE = os.path.join(folder, 'swift.conf')
utils.validate_hash_conf()

from swift.common.storage_policy import reload_storage_policies  # noqa: E402
from swift.common.utils import Timestamp  # noqa: E402
from swift.container.backend import ContainerBroker  # noqa: E402

reload_storage_policies()
for file in glob.glob(os.path.join(folder, 'devices', 'disk', 'containers', '*', '*', '*', '*.db')):
    broker = ContainerBroker(file)
    if broker.get_info()['container'] != container:
        continue
    now = Timestamp.now().internal
    digest = '0' * 32
    broker.merge_items([
        {
            'name': f'{prefix}{number:05}', 'created_at': now, 'size': 11, 'content_type': 'application/octet-stream', 'etag': digest,
            'deleted': 0, 'storage_policy_index': 0, 'ctype_timestamp': None, 'meta_timestamp': None,
        }
        for number in range(count)
    ])
    sys.exit(0)
sys.exit(f'there is no container {container}')

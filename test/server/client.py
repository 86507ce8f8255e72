#!/usr/bin/python3
"""The client's half of an onion request, for shells: what to POST, and what came back.

  client.py seal KEY CIPHER METHOD ENDPOINT [BODY] > request
  client.py open KEY CIPHER < reply            the inner metadata on one line, then the inner body
  client.py plain KEY CIPHER < reply           whatever decrypts
  client.py seal-v3 KEY CIPHER ENDPOINT > request
  client.py open-v3 KEY CIPHER < reply

The one-time key is always the same, so that the two calls fit together: good for tests and nothing else.
"""

import base64
import sys

import onion

PRIVATE = onion.private_key("one-time key of the test client")
PUBLIC = onion.public_key(PRIVATE)


def key_for(server_key, cipher):
    """Careless on purpose: takes the all-zero secret of a bad key, so that tests see what would be believed."""
    try:
        secret = onion.shared_secret(PRIVATE, server_key)
    except onion.BadContent:
        secret = bytes(32)
    return onion.symmetric_key(cipher, secret, PUBLIC, server_key)


def main(words):
    match words:
        case ["seal", key, cipher, method, endpoint, *body]:
            headers = {"content-type": "application/json"} if body else {}
            plaintext = onion.request_plaintext(method, endpoint, headers, body[0].encode() if body else None)
            sealed = onion.seal(cipher, key_for(bytes.fromhex(key), cipher), plaintext)
            sys.stdout.buffer.write(onion.wrap(sealed, PUBLIC, cipher))
        case ["seal-v3", key, cipher, endpoint]:
            plaintext = b'{"endpoint":"%s","method":"GET","body":"","headers":{}}' % endpoint.encode()
            sealed = onion.seal(cipher, key_for(bytes.fromhex(key), cipher), plaintext)
            sys.stdout.buffer.write(onion.wrap(sealed, PUBLIC, cipher))
        case ["open", key, cipher]:
            plaintext = onion.unseal(cipher, key_for(bytes.fromhex(key), cipher), sys.stdin.buffer.read())
            metadata, body = onion.bdecode(plaintext)
            sys.stdout.buffer.write(metadata + b"\n" + body)
        case ["plain", key, cipher]:
            sealed = sys.stdin.buffer.read()
            sys.stdout.buffer.write(onion.unseal(cipher, key_for(bytes.fromhex(key), cipher), sealed))
        case ["open-v3", key, cipher]:
            sealed = base64.b64decode(sys.stdin.buffer.read(), validate=True)
            sys.stdout.buffer.write(onion.unseal(cipher, key_for(bytes.fromhex(key), cipher), sealed))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (ValueError, onion.BadContent) as error:
        sys.exit(f"client.py: {error}")

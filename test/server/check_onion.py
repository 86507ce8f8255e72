#!/usr/bin/python3
"""Holds onion.py against published vectors: libsession-util's, pysogs's and a whole exchange of our own."""

import base64
import json

import onion
from onion import AES_GCM, XCHACHA20

failures = []


def check(what, got, wanted):
    if got != wanted:
        failures.append(f"{what}: got {got!r}, wanted {wanted!r}")


def refuses(what, error, function, *arguments):
    try:
        got = function(*arguments)
    except error:
        return
    failures.append(f"{what}: took it for {got!r}, wanted {error.__name__}")


def h(text):
    return bytes.fromhex(text)


def check_pairs():
    for private, public in [
        ("ccc335912da8939e2b44816728a5a4773063efa82bf7ae2d42a0abfa2caa452d",
         "bbdfc83022d0aff084a6f0c529a93d1c4d728bf7e41199afed0e01ae70d20540"),
        ("8fcd8ad3a15c76f76f1c56dff0c529999f8c59b4acda79e05666e54d5727dca1",
         "caea52c5b0c316d85ffb53ea536826618b13dee40685f166f632653114526a78"),
        ("d2ee09e1a557a077d385fcb69a11ffb6909ecdcc8348def3e0e4172c8a1431c1",
         "8167e97672005c669a48858c69895f395ca235219ac3f7a4210022b1f910e652"),
        ("2f4d1c0d28e137777ec0a316e9f4f763e3e66662a6c51994c6315c9ef34b6deb",
         "8388de69bc0d4b6196133233ad9a46ba0473474bc67718aad96a3a33c257f726"),
        ("ec32fb5766cf52b1b5d7b0bff08e29f5c0c58ca19beaf6a5c7d3dd8ac7ced963",
         "d79a50b82ba8ca665f854382b42ba159efd16eef87409e97a8d07395b9492928"),
        ("11" * 32, "7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13"),
        ("22" * 32, "0faa684ed28867b97f4a6a2dee5df8ce974e76b7018e3f22a1c4cf2678570f20"),
    ]:
        check("public key", onion.public_key(h(private)).hex(), public)


def check_hop():
    client = h("bbdfc83022d0aff084a6f0c529a93d1c4d728bf7e41199afed0e01ae70d20540")
    server_private = h("8fcd8ad3a15c76f76f1c56dff0c529999f8c59b4acda79e05666e54d5727dca1")
    secret = onion.shared_secret(server_private, client)
    for cipher, key, sealed in [
        (AES_GCM, "4f310f62c43f14d7fea7c084819a4e394d9fc7005919275ac18d9eb8bf3e4231",
         "1eb6ae1cd72f60999486365749bd5dc15cc0b6a2a44d7d063daa5e93722f0c025fd00306403b61"),
        (XCHACHA20, "37a3af90eb276c0b4069998e97edf956b6933bd3c77d330a072cdf274e757ab5",
         "9e1a3abe60eff3ea5c23556cc7e225b6f94355315f7281f66ecf4dbb06e7899a"
         "52b863e03cde3b287d1638d765db75de02b032"),
    ]:
        derived = onion.symmetric_key(cipher, secret, client, onion.public_key(server_private))
        check(f"hop key, {cipher}", derived.hex(), key)
        check(f"hop text, {cipher}", onion.unseal(cipher, derived, h(sealed)), b"Hello world")
        refuses(f"another key, {cipher}", onion.BadContent, onion.unseal, cipher, bytes(32), h(sealed))
        changed = h(sealed)[:-1] + bytes([h(sealed)[-1] ^ 1])
        refuses(f"a changed byte, {cipher}", onion.BadContent, onion.unseal, cipher, derived, changed)
        refuses(f"a missing byte, {cipher}", onion.BadContent, onion.unseal, cipher, derived, h(sealed)[:-1])


def check_wire():
    client = "8167e97672005c669a48858c69895f395ca235219ac3f7a4210022b1f910e652"
    server_private = h("2f4d1c0d28e137777ec0a316e9f4f763e3e66662a6c51994c6315c9ef34b6deb")
    for cipher, frame in [
        (AES_GCM, "270000009525d587d188c92a966eef0e7162bef99a6171a124575b998072a8ee7eb265e0b6f0930ed96504"),
        (XCHACHA20, "33000000e440bc244ddcafd947b86fc5a964aa58de54a6d75cc0f0f3840db14b"
                    "6c1176a8e2e0a04d5fbdf98f23adee1edc8362ab99b10b"),
    ]:
        body = h(frame) + json.dumps({"enc_type": cipher, "ephemeral_key": client}).encode()
        envelope = onion.unwrap(body)
        check("cipher", envelope.cipher, cipher)
        secret = onion.shared_secret(server_private, envelope.client_key)
        key = onion.symmetric_key(cipher, secret, envelope.client_key, onion.public_key(server_private))
        check(f"wire text, {cipher}", onion.unseal(cipher, key, envelope.ciphertext), b"Hello world")


def check_exchange():
    server_private, client_private = b"\x11" * 32, b"\x22" * 32
    server, client = onion.public_key(server_private), onion.public_key(client_private)
    secret = onion.shared_secret(server_private, client)
    check("secret", secret.hex(), "9e004098efc091d4ec2663b4e9f5cfd4d7064571690b4bea97ab146ab9f35056")
    check("the same secret on both sides", onion.shared_secret(client_private, server), secret)
    request = onion.request_plaintext("GET", "/capabilities")
    check("request", request, b'l56:{"method":"GET","endpoint":"/capabilities","headers":{}}e')
    body = b'{"capabilities":["blind","reactions","sogs"]}\n'
    reply = onion.reply_plaintext(200, {"content-type": "application/json"}, body)
    check("reply", reply, b'l62:{"code": 200, "headers": {"content-type": "application/json"}}46:' + body + b"e")
    for cipher, length, key, asked, told in [
        (XCHACHA20, 212, "a62e7513f9104a6f178c35d707d4efec0b7ce7189012803d0efc539806c02651",
         "65000000000102030405060708090a0b0c0d0e0f10111213141516172a313878646437d1c505e5f3c09f724b2f583d1bf996"
         "ebb49c5520733295e8c7cd0ae84b495b9971457eb9a392c5c11c23b42f97786ceea480e56a68227c341f313d74c6c4855f49"
         "d5cc4a7754",
         "404142434445464748494a4b4c4d4e4f5051525354555657c8cdc486c7bd5d4e56e837e31d23074c5b0cfb70c4e34e5930c9"
         "afda2d0841608e6304983eb5c300459f5f6c2daa68b927842e0f0fa3af4dd12688eb29046fd16ff12ef786aba20f8b884e6e"
         "631988fb24890ba8d95d4d650f7fe6c27ffddb8eef5df07d3e03ac07691b20b017442940bff1b9c9b73311fb74c37d6099a6"
         "f5069ec4f07c"),
        (AES_GCM, 198, "9bcfd0b1e840059ac75a1b15951acbd74e560959b2e06e9aced34eca371c201b",
         "59000000000102030405060708090a0b31f96d21186201f4b890d8ae7e2091359e59377ab67123ff5c47ed99b3f0567b00f9"
         "3739faef45a4f229ab0e8fe1aac3150a752aba78ffd47e1f2214ee06dfd6348842ab7efdf5e6210294fa55",
         "404142434445464748494a4b127e1f535e4ccd29ba2a4b3ae1a43147b5b7607a968851f157d1fc860ed7cda85872ac66e330"
         "7c1d0be89a89c1ff438a3f6bb3551d1c9acb621c3ceb7b24a0e8c605d347e85cc8253f86e983ee2030fd296550c146fb5433"
         "baa4881eb1b22846b2e7e553f1904de5e5cd7d7cd8de30a28f3fc800456021e6df690d70bb81224d898c453a"),
    ]:
        derived = onion.symmetric_key(cipher, secret, client, server)
        check(f"key, {cipher}", derived.hex(), key)
        nonce = onion.NONCE_LENGTH[cipher]
        wrapped = onion.wrap(onion.seal(cipher, derived, request, bytes(range(nonce))), client, cipher)
        check(f"request length, {cipher}", len(wrapped), length)
        check(f"request bytes, {cipher}", wrapped[: len(h(asked))].hex(), asked)
        check(f"request JSON, {cipher}", wrapped[len(h(asked)) :],
              b'{"ephemeral_key":"%s","enc_type":"%s"}' % (client.hex().encode(), cipher.encode()))
        sealed = onion.seal(cipher, derived, reply, bytes(range(0x40, 0x40 + nonce)))
        check(f"reply bytes, {cipher}", sealed.hex(), told)
        check(f"reply opened, {cipher}", onion.bdecode(onion.unseal(cipher, derived, h(told)))[1], body)


def check_refusals():
    for name, blob in [("empty", b""), ("l", b"l"), ("cut", b"l5:ab"), ("a tail", b"l1:ae!"),
                       ("past the end", b"l9:ae"), ("eleven digits", b"l00000000001:ae"), ("no list", b"1:a")]:
        refuses(name, ValueError, onion.bdecode, blob)
    check("an empty list", onion.bdecode(b"le"), [])
    key = onion.public_key(b"\x22" * 32)
    good = onion.wrap(b"c" * 40, key)
    check("no enc_type means aes-gcm", onion.unwrap(good).cipher, AES_GCM)
    refuses("under four bytes", onion.BadFrame, onion.unwrap, good[:3])
    refuses("length past the end", onion.BadFrame, onion.unwrap, b"\xff\xff\xff\x7f" + good[4:])
    refuses("no key", onion.BadFrame, onion.unwrap, b"\x00\x00\x00\x00{}")
    refuses("no JSON", onion.BadContent, onion.unwrap, good[:-1])
    refuses("aes-cbc", onion.BadContent, onion.unwrap, onion.wrap(b"c" * 40, key, "aes-cbc"))
    for low in ["00" * 32, "01" + "00" * 31, "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157", "ec" + "ff" * 30 + "7f"]:
        refuses("a key of low order", onion.BadContent, onion.shared_secret, b"\x11" * 32, h(low))
    check("a key in base64", onion.read_key(base64.b64encode(key).decode()), key)
    check("a key in base32z", onion.read_key("b" + "y" * 51), b"\x08" + bytes(31))


check_pairs()
check_hop()
check_wire()
check_exchange()
check_refusals()
for failure in failures:
    print(failure)
print("vectors agree" if not failures else f"{len(failures)} disagree")
raise SystemExit(bool(failures))

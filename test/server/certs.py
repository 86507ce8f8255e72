"""The world's own certificate authority, and a TLS context per host, right or wrong on purpose."""

import datetime
import ipaddress
import os
import ssl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

VARIANTS = ("right", "expired", "wrong-name", "self-signed", "unknown-ca", "old")
_YEAR = datetime.timedelta(days=365)


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _alternative_name(host):
    try:
        return x509.IPAddress(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return x509.DNSName(host)


def _pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


class Authority:
    """Signs certificates. `folder` is where OpenSSL, which reads only files, finds them."""

    def __init__(self, folder):
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.leaf_key = ec.generate_private_key(ec.SECP256R1())  # one for all hosts: quick, and no secret
        self.stranger_key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name("authority of the test world")
        self.stranger_name = _name("authority that nobody knows")
        self.certificate = self._sign(self.name, self.name, self.key.public_key(), self.key, authority=True)
        self.contexts = {}

    def ca_pem(self):
        return _pem(self.certificate).decode()

    def _sign(self, subject, issuer, public_key, signing_key, host=None, authority=False, expired=False):
        now = datetime.datetime.utcnow()
        end = now - datetime.timedelta(days=1) if expired else now + _YEAR
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _YEAR)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if host is not None:
            builder = builder.add_extension(x509.SubjectAlternativeName([_alternative_name(host)]), critical=False)
        return builder.sign(signing_key, hashes.SHA256())

    def _certificate(self, host, variant):
        named = "somebody-else.example" if variant == "wrong-name" else host
        issuer, signing_key = {
            "self-signed": (_name(named), self.leaf_key),
            "unknown-ca": (self.stranger_name, self.stranger_key),
        }.get(variant, (self.name, self.key))
        return self._sign(
            _name(named), issuer, self.leaf_key.public_key(), signing_key, host=named, expired=variant == "expired"
        )

    def context(self, host, variant="right"):
        """The server's TLS context for a host, made when it is first wanted."""
        assert variant in VARIANTS, variant
        if (host, variant) not in self.contexts:
            self.contexts[host, variant] = self._make_context(host, variant)
        return self.contexts[host, variant]

    def _make_context(self, host, variant):
        path = os.path.join(self.folder, "leaf.pem")
        key = self.leaf_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with open(path, "wb") as file:
            file.write(key + _pem(self._certificate(host, variant)))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        os.unlink(path)
        context.set_alpn_protocols(["http/1.1"])
        if variant == "old":
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        return context

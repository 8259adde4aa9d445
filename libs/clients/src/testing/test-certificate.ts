/**
 * A self-signed certificate for `localhost`, `service.test` and 127.0.0.1, with its key: for servers of tests on the loopback
 * interface, trusted by nothing else. Valid until 2126.
 */
export const testCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxr7mEn5HWhOiPE86
9eylJtUHrrJaTrOuF4OHg4qT2rmhRANCAAT+oBmPtMEgC4LWKSZKfPJi1oJ3dkiA
kVc2T2VcqbqSGm2jck0BCk753MYZXki9XZa2rOxurId/2ACtGwaNUGeg
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBqTCCAU+gAwIBAgIUVu8upDUZkIEdvH8XDKa5CcAH9CgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzAwMTc1MFoYDzIxMjYxMDMw
MDAxNzUwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAT+oBmPtMEgC4LWKSZKfPJi1oJ3dkiAkVc2T2VcqbqSGm2jck0BCk75
3MYZXki9XZa2rOxurId/2ACtGwaNUGego30wezAdBgNVHQ4EFgQUoOr4eNnC3fgf
IQTaAKHlaktFScwwHwYDVR0jBBgwFoAUoOr4eNnC3fgfIQTaAKHlaktFScwwDwYD
VR0TAQH/BAUwAwEB/zAoBgNVHREEITAfgglsb2NhbGhvc3SCDHNlcnZpY2UudGVz
dIcEfwAAATAKBggqhkjOPQQDAgNIADBFAiBZSBzp4S/SEFRuXd5o4q6LnT6uJlaH
KhiyNbNHhv9QKQIhANXP0MDkkolS79uujL4RKLFeLSKm6gjmwHIk/y2ejDwF
-----END CERTIFICATE-----
`,
};

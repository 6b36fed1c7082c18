package certificate

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
)

const (
	privateBlock = "PRIVATE KEY"
	publicBlock  = "PUBLIC KEY"
)

// NewKey makes a pair of Ed25519 keys, as PEM: the private one in PKCS #8, the public one in
// PKIX.
func NewKey() (private, public []byte, err error) {
	its, secret, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		return nil, nil, err
	}
	public, err = publicPEM(its)
	return pem.EncodeToMemory(&pem.Block{Type: privateBlock, Bytes: der}), public, err
}

func publicPEM(key ed25519.PublicKey) ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	return pem.EncodeToMemory(&pem.Block{Type: publicBlock, Bytes: der}), err
}

// PrivateKey reads a private Ed25519 key in PEM.
func PrivateKey(text []byte) (ed25519.PrivateKey, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != privateBlock {
		return nil, fmt.Errorf("it is no private key in PEM (%q); `rollcall certify keygen` writes one", privateBlock)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("it is no private key in PKCS #8; `rollcall certify keygen` writes one")
	}
	private, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("it is a key of another kind (%T), certificates are signed with Ed25519", key)
	}
	return private, nil
}

// PublicKey reads a public Ed25519 key in PEM.
func PublicKey(text []byte) (ed25519.PublicKey, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != publicBlock {
		return nil, fmt.Errorf("it is no public key in PEM (%q); `rollcall certify keygen` writes one", publicBlock)
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("it is no public key in PKIX: %w", err)
	}
	public, ok := key.(ed25519.PublicKey)
	if !ok {
		return nil, fmt.Errorf("it is a key of another kind (%T), certificates are signed with Ed25519", key)
	}
	return public, nil
}

// KeyID is the fingerprint of a key, as `ssh-keygen -l` prints it.
func KeyID(key ed25519.PublicKey) string {
	id, err := dsse.SHA256KeyID(key)
	if err != nil {
		return "" // no Ed25519 key of the right length is without one
	}
	return id
}

// signer and verifier are a key as the envelope's library asks for it.
type (
	signer   struct{ key ed25519.PrivateKey }
	verifier struct{ key ed25519.PublicKey }
)

// Sign signs the bytes.
func (s signer) Sign(_ context.Context, data []byte) ([]byte, error) {
	return ed25519.Sign(s.key, data), nil
}

// KeyID is the fingerprint of the key.
func (s signer) KeyID() (string, error) {
	return dsse.SHA256KeyID(s.key.Public())
}

// Verify checks a signature.
func (v verifier) Verify(_ context.Context, data, sig []byte) error {
	if !ed25519.Verify(v.key, data, sig) {
		return errors.New("the signature is not of this key")
	}
	return nil
}

// KeyID is the fingerprint of the key.
func (v verifier) KeyID() (string, error) { return dsse.SHA256KeyID(v.key) }

// Public is the key.
func (v verifier) Public() crypto.PublicKey { return v.key }

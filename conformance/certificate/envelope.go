package certificate

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
)

// PayloadType is that of an in-toto statement in an envelope.
const PayloadType = "application/vnd.in-toto+json"

// seal signs a statement and writes the envelope.
func seal(ctx context.Context, statement []byte, key ed25519.PrivateKey) ([]byte, error) {
	by, err := dsse.NewEnvelopeSigner(signer{key})
	if err != nil {
		return nil, err
	}
	envelope, err := by.SignPayload(ctx, PayloadType, statement)
	if err != nil {
		return nil, err
	}
	return written(envelope)
}

func written(envelope *dsse.Envelope) ([]byte, error) {
	text, err := json.MarshalIndent(envelope, "", "  ")
	return append(text, '\n'), err
}

// unseal checks the signature and returns the statement. The statement is there also when the
// signature is wrong, if it can be read.
func unseal(ctx context.Context, text []byte, key ed25519.PublicKey) ([]byte, error) {
	envelope := &dsse.Envelope{}
	if err := json.Unmarshal(text, envelope); err != nil {
		return nil, fmt.Errorf("it is no envelope: %w", err)
	}
	payload, err := envelope.DecodeB64Payload()
	if err != nil {
		return nil, err
	}
	if envelope.PayloadType != PayloadType {
		return payload, fmt.Errorf("its payload is of type %q, not %q", envelope.PayloadType, PayloadType)
	}
	if len(envelope.Signatures) != 1 || envelope.Signatures[0].KeyID != KeyID(key) {
		return payload, fmt.Errorf("it is not signed by the key %s, and by no other", KeyID(key))
	}
	by, err := dsse.NewEnvelopeVerifier(verifier{key})
	if err != nil {
		return payload, err
	}
	if _, err := by.Verify(ctx, envelope); err != nil {
		return payload, fmt.Errorf("the signature is not that of the key %s over this statement", KeyID(key))
	}
	// Spellings of base64 and JSON that say the same are not the bytes that were written.
	again := &dsse.Envelope{PayloadType: PayloadType, Payload: inBase64(payload), Signatures: envelope.Signatures}
	sig, err := decodeBase64(envelope.Signatures[0].Sig)
	if err != nil {
		return payload, err
	}
	again.Signatures[0].Sig = inBase64(sig)
	if canonical, err := written(again); err != nil || !bytes.Equal(canonical, text) {
		return payload, errors.New("the envelope is not written as it was signed " + firstDifference(canonical, text))
	}
	return payload, nil
}

func inBase64(data []byte) string { return base64.StdEncoding.EncodeToString(data) }

func decodeBase64(text string) ([]byte, error) { return base64.StdEncoding.DecodeString(text) }

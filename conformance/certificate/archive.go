package certificate

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

// pack writes the parts as a tar archive that is the same for the same parts, in any version of
// any library: USTAR, no compression, no times, no owners.
func pack(all parts) ([]byte, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, one := range all {
		header := &tar.Header{Name: one.name, Mode: 0o644, Size: int64(len(one.data)), Typeflag: tar.TypeReg,
			Format: tar.FormatUSTAR}
		if err := w.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := w.Write(one.data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

// unpack reads a bundle. The findings say how it differs from one that pack has written, so that
// no byte of the archive itself can be changed either; the error, that it is no bundle at all.
func unpack(data []byte) (parts, []Finding, error) {
	var all parts
	r := tar.NewReader(bytes.NewReader(data))
	for {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && len(all) == 0 {
			return nil, nil, fmt.Errorf("this is no bundle of `rollcall certify`: %w", err)
		}
		var body []byte
		if err == nil {
			body, err = io.ReadAll(io.LimitReader(r, int64(len(data)))) // one of holes claims more than there is
		}
		if err != nil {
			return all, []Finding{{Text: fmt.Sprintf("the archive is damaged after %d parts: %v", len(all), err)}}, nil
		}
		all = append(all, part{header.Name, body})
	}
	if all.get(partStatement) == nil {
		return nil, nil, fmt.Errorf("this is no bundle of `rollcall certify`: there is no %s in it", partStatement)
	}
	var has []string
	for _, one := range all {
		has = append(has, one.name)
	}
	if !slices.Equal(has, names()) {
		return all, []Finding{{Text: fmt.Sprintf("the bundle has the parts %q, it ought to have %q", has, names())}}, nil
	}
	if again, err := pack(all); err != nil || !bytes.Equal(again, data) {
		return all, []Finding{{Text: "the archive around the parts was changed " + firstDifference(again, data)}}, nil
	}
	return all, nil, nil
}

func firstDifference(a, b []byte) string {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	return fmt.Sprintf("(first at byte %d of %d)", at, len(b))
}

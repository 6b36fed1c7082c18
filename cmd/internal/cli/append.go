package cli

import (
	"context"
	"errors"
	"os"
)

// AppendFile puts bytes behind those of a file that others write into as well, which is
// made when it is not there. A pipe that nobody reads is waited for until the context ends.
func AppendFile(ctx context.Context, path string, content []byte) error {
	return within(ctx, func() error {
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
		if err != nil {
			return err
		}
		_, err = file.Write(content)
		return errors.Join(err, file.Close())
	})
}

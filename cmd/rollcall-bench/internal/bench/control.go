package bench

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// target is what a mock tells of how to call one of its contracts.
type target struct {
	URL      string
	Given    map[string]string // ids of records that are there
	Personas map[string]struct{ Headers map[string]string }
}

// describe asks a mock how to call a contract.
func (p *process) describe(contract string) (t target, err error) {
	return t, p.ask("targets/"+contract, &t)
}

// allocations tells how often a mock has allocated so far.
func (p *process) allocations() (uint64, error) {
	var health struct{ Memory struct{ Allocations uint64 } }
	err := p.ask("health", &health)
	return health.Memory.Allocations, err
}

// ask reads what the control API has at a path.
func (p *process) ask(path string, into any) error {
	url := p.control(path)
	res, err := http.Get(url)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s is answered %d", url, res.StatusCode)
	}
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		return fmt.Errorf("%s: %w", url, err)
	}
	return nil
}

func (p *process) control(path string) string { return "http://" + p.address + "/__admin/" + path }

// reset gives a mock the data it began with, so that no load has to carry what an
// earlier one has written.
func (p *process) reset() error {
	res, err := http.Post(p.control("reset"), "application/json", nil)
	if err != nil {
		return err
	}
	if res.StatusCode >= http.StatusBadRequest {
		return errors.Join(fmt.Errorf("the mock can't be reset: %s", res.Status), res.Body.Close())
	}
	return res.Body.Close()
}

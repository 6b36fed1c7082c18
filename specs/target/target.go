// Package target is what a suite may know of what it tests, as data: where it is,
// who may call, which records are given. Both halves import it and nothing else of
// each other, so that a mock can hand itself to a suite in one process.
//
// It is an API for users: names stay, members are only added.
package target

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// The two readings of a contract: strict asks for the one documented status,
// accepting also takes what the documents leave open.
const (
	Strict    = "strict"
	Accepting = "accepting"
)

// MostProcs is how many processes may share a run.
const MostProcs = 64

// DefaultPersona is the one that calls unless a case says otherwise.
const DefaultPersona = "default"

// WorldHeader names the world that a request belongs to, on a target with worlds.
const WorldHeader = "Rollcall-World"

// Target is all that the suite knows of what it tests. It is read from a target
// file, from a mock's /__admin/targets/<contract>, or made by a mock in this process.
// The file's form is package targetfile's.
type Target struct {
	Contract       string          `json:"contract" yaml:"contract"`
	Implementation *Implementation `json:"implementation,omitempty" yaml:"implementation"`
	URL            string          `json:"url" yaml:"url"`
	Reading        string          `json:"reading,omitempty" yaml:"reading"` // Strict or Accepting; "" = Accepting
	// named readings of the contract that it follows
	Readings     []string           `json:"readings,omitempty" yaml:"readings"`
	Worlds       string             `json:"worlds,omitempty" yaml:"worlds"`             // URL of the worlds endpoint, "" = none
	WorldHeaders map[string]string  `json:"worldHeaders,omitempty" yaml:"worldHeaders"` // sent to it, e.g. its token
	Headers      map[string]string  `json:"headers,omitempty" yaml:"headers"`           // sent with every request
	Personas     map[string]Persona `json:"personas,omitempty" yaml:"personas"`
	Given        map[string]string  `json:"given,omitempty" yaml:"given"` // fixture ids and the like
	Hooks        []Hook             `json:"hooks,omitempty" yaml:"hooks"`
	Paths        map[string]string  `json:"paths,omitempty" yaml:"paths"` // operation id -> "METHOD /path"
	// documented name of a query parameter -> the target's
	Query    map[string]string `json:"query,omitempty" yaml:"query"`
	TLS      *TLS              `json:"tls,omitempty" yaml:"tls"`
	Proxy    string            `json:"proxy,omitempty" yaml:"proxy"` // URL; "" = that of the environment, "none" = none
	Timeouts Timeouts          `json:"timeouts,omitzero" yaml:"timeouts"`
	// requests a second, 0 = as fast as it answers
	Rate  float64 `json:"rate,omitempty" yaml:"rate"`
	Procs int     `json:"procs,omitempty" yaml:"procs"` // processes, 0 = by measured latency
	// how often a request without an answer is sent again
	Retries int `json:"retries,omitempty" yaml:"retries"`
	// how long a written value may take to show
	Settle   Settle `json:"settle,omitempty" yaml:"settle"`
	Tolerate []int  `json:"tolerate,omitempty" yaml:"tolerate"` // statuses that mean "not now"
	// whether cases may change what they did not make; nil = not said
	Destructive *bool    `json:"destructive,omitempty" yaml:"destructive"`
	Waivers     []Waiver `json:"waivers,omitempty" yaml:"waivers"`

	Source    Source            `json:"-" yaml:"-"` // the file that it was read from
	Transport http.RoundTripper `json:"-" yaml:"-"` // for a target in this process; nil = the network
}

// Implementation says what is tested, for whoever reads the report.
type Implementation struct {
	Name    string `json:"name,omitempty" yaml:"name"`
	Version string `json:"version,omitempty" yaml:"version"`
	Vendor  string `json:"vendor,omitempty" yaml:"vendor"`
	Contact string `json:"contact,omitempty" yaml:"contact"`
	URL     string `json:"url,omitempty" yaml:"url"`
}

// Persona is one caller: the headers that say who it is, or where its token comes from,
// and what is known of it (tenantId, role, plan …).
type Persona struct {
	Headers map[string]string `json:"headers,omitempty" yaml:"headers"`
	Token   *Token            `json:"token,omitempty" yaml:"token"`
	Info    map[string]string `json:"info,omitempty" yaml:"info"`
}

// Token is a credential that is fetched: by OAuth 2, or printed by a command.
type Token struct {
	Header string  `json:"header,omitempty" yaml:"header"` // "" = Authorization
	Prefix *string `json:"prefix,omitempty" yaml:"prefix"` // before the token; nil = "Bearer "
	// how long before its end another one is fetched; 0 = 10 s, or a fifth of its life
	Early   Duration `json:"early,omitempty" yaml:"early"`
	Command []string `json:"command,omitempty" yaml:"command"` // prints the token, or JSON with access_token and expires_in
	OAuth2  *OAuth2  `json:"oauth2,omitempty" yaml:"oauth2"`
}

// The grants of OAuth2.Grant.
const (
	ClientCredentials = "client_credentials"
	Password          = "password"
	RefreshToken      = "refresh_token"
)

// OAuth2 says how a token is fetched, in the words of RFC 6749.
type OAuth2 struct {
	Grant        string            `json:"grant" yaml:"grant"`
	TokenURL     string            `json:"token_url" yaml:"token_url"`
	ClientID     string            `json:"client_id,omitempty" yaml:"client_id"`
	ClientSecret string            `json:"client_secret,omitempty" yaml:"client_secret"`
	Username     string            `json:"username,omitempty" yaml:"username"`
	Password     string            `json:"password,omitempty" yaml:"password"`
	RefreshToken string            `json:"refresh_token,omitempty" yaml:"refresh_token"`
	Scopes       []string          `json:"scopes,omitempty" yaml:"scopes"`
	Parameters   map[string]string `json:"parameters,omitempty" yaml:"parameters"` // further form members, such as audience
}

// Hook is a command that makes what the target's file can't give, and one that takes it
// away again. What make prints is JSON with the members given and personas, as in the
// target's file; remove reads the same on its standard input.
type Hook struct {
	Make   []string `json:"make" yaml:"make"`
	Remove []string `json:"remove,omitempty" yaml:"remove"`
}

// TLS says whom to trust, and who the suite is to the target.
type TLS struct {
	CA          string `json:"ca,omitempty" yaml:"ca"`                   // PEM file, trusted beside those of the system
	Certificate string `json:"certificate,omitempty" yaml:"certificate"` // PEM file, with Key, of the client
	Key         string `json:"key,omitempty" yaml:"key"`
	ServerName  string `json:"server_name,omitempty" yaml:"server_name"` // "" = the host of the URL
	Insecure    bool   `json:"insecure,omitempty" yaml:"insecure"`       // true trusts anybody
}

// Timeouts bound what is waited for; 0 is the default of each.
type Timeouts struct {
	Connect Duration `json:"connect,omitempty" yaml:"connect"` // for a connection, 10 s
	Answer  Duration `json:"answer,omitempty" yaml:"answer"`   // for one answer, 10 s
	Run     Duration `json:"run,omitempty" yaml:"run"`         // for the whole run, no end
}

// Duration is a time span that is written as in 1m30s.
type Duration time.Duration

// MarshalText writes it as in 1m30s.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads it. One below zero, or without a unit, is an error.
func (d *Duration) UnmarshalText(text []byte) error {
	span, err := time.ParseDuration(string(text))
	if err != nil || span < 0 {
		return fmt.Errorf("%q is no time span: write one such as 500ms, 2s or 1m30s", text)
	}
	*d = Duration(span)
	return nil
}

// String writes it as in 1m30s.
func (d Duration) String() string { return time.Duration(d).String() }

// Settle is how long what an operation wrote may take to show in reads, by operation id;
// "*" stands for all others.
type Settle map[string]Duration

// After is the time for what that operation wrote.
func (s Settle) After(operation string) time.Duration {
	if own, ok := s[operation]; ok {
		return time.Duration(own)
	}
	return time.Duration(s["*"])
}

// Waiver accepts a failure for a while, in somebody's name.
type Waiver struct {
	Requirement string `json:"requirement" yaml:"requirement"`
	Reason      string `json:"reason" yaml:"reason"`
	Owner       string `json:"owner" yaml:"owner"`
	Expires     string `json:"expires" yaml:"expires"` // the last day it holds, 2006-01-02
}

// Has says whether a need is met: a persona or a given of that name, for
// "given:x" the given x, for "worlds" that each case has a world of its own.
func (t *Target) Has(need string) bool {
	if need == "worlds" {
		return t.Worlds != ""
	}
	if name, ok := strings.CutPrefix(need, "given:"); ok {
		return t.Given[name] != ""
	}
	_, persona := t.Personas[need]
	return persona || t.Given[need] != ""
}

package access

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"rollcall/specs/secret"
	"rollcall/specs/target"
	"rollcall/specs/trouble"
)

// defaultEarly is how long before its end a token is fetched anew, though never more than
// a fifth of its life.
// defaultLimit is how long the answer of who issues tokens may take.
const defaultLimit = 30 * time.Second

const defaultEarly = 10 * time.Second

// Tokens are those of the callers of one target, each fetched when it is first wanted and
// again before it expires. They are safe for concurrent use.
type Tokens struct {
	personas map[string]target.Persona
	way      http.RoundTripper
	secrets  *secret.Keeper
	now      func() time.Time

	mu    sync.Mutex
	held  map[string]*held
	limit time.Duration // for the answer of who issues tokens
}

// held is a token that was fetched.
type held struct {
	mu    sync.Mutex
	token string
	until time.Time // when the next one is fetched; zero = never
	again string    // the refresh token that came with it
}

// Within sets how long the answer of who issues tokens may take; it is called before any is asked for.
func (t *Tokens) Within(limit time.Duration) { t.limit = limit }

// NewTokens returns the tokens of a target's personas. way leads to who issues them; what
// comes from them, such as the tokens, is told to secrets.
func NewTokens(personas map[string]target.Persona, way http.RoundTripper, secrets *secret.Keeper) *Tokens {
	return &Tokens{personas: personas, way: way, secrets: secrets, now: time.Now, limit: defaultLimit,
		held: map[string]*held{}}
}

// Header returns the header that carries a persona's token, and its value; "" when the
// persona has none. An error says whose token could not be had, and why.
func (t *Tokens) Header(ctx context.Context, persona string) (name, value string, err error) {
	how := t.personas[persona].Token
	if how == nil {
		return "", "", nil
	}
	token, err := t.of(ctx, persona, how)
	if err != nil {
		return "", "", fmt.Errorf("the token of the persona %s could not be fetched: %w", persona, err)
	}
	name, prefix := how.Header, "Bearer "
	if name == "" {
		name = "Authorization"
	}
	if how.Prefix != nil {
		prefix = *how.Prefix
	}
	if strings.ContainsFunc(token, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", "", &Unsendable{Persona: persona}
	}
	return name, prefix + token, nil
}

// Unsendable is the error of a token that no header can carry (RFC 9110, 5.5): whoever wrote what
// gives it has to look, not the target.
type Unsendable struct{ Persona string }

// Error says whose token it is, and never what it is.
func (e *Unsendable) Error() string {
	return fmt.Sprintf("the token of the persona %s has a line end or a control character in it, which can't be sent: "+
		"have what gives it print the token alone", e.Persona)
}

func (t *Tokens) of(ctx context.Context, persona string, how *target.Token) (string, error) {
	t.mu.Lock()
	one := t.held[persona]
	if one == nil {
		one = &held{}
		t.held[persona] = one
	}
	t.mu.Unlock()
	one.mu.Lock()
	defer one.mu.Unlock()
	if one.token != "" && (one.until.IsZero() || t.now().Before(one.until)) {
		return one.token, nil
	}
	got, err := t.fetch(ctx, how, one.again)
	if err != nil {
		return "", err
	}
	t.secrets.Add(got.AccessToken, got.RefreshToken)
	if got.RefreshToken != "" {
		one.again = got.RefreshToken
	}
	one.token, one.until = got.AccessToken, t.until(got, time.Duration(how.Early))
	return one.token, nil
}

// until is when the next token has to be fetched: before the end of this one, which is
// told with it or, in a JWT, inside it.
func (t *Tokens) until(got *oauth2.Token, early time.Duration) time.Time {
	end := got.Expiry
	if end.IsZero() {
		claims := jwt.RegisteredClaims{}
		if _, _, err := jwt.NewParser().ParseUnverified(got.AccessToken, &claims); err != nil || claims.ExpiresAt == nil {
			return time.Time{}
		}
		end = claims.ExpiresAt.Time
	}
	if early == 0 {
		early = min(defaultEarly, end.Sub(t.now())/5)
	}
	return end.Add(-early)
}

func (t *Tokens) fetch(ctx context.Context, how *target.Token, again string) (*oauth2.Token, error) {
	if how.OAuth2 == nil {
		return t.printed(ctx, how.Command)
	}
	o := how.OAuth2
	// The library knows further parameters of one grant alone.
	client := &http.Client{Transport: issuing{t.way, o.Parameters, t.secrets}, Timeout: t.limit}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, client)
	config := oauth2.Config{ClientID: o.ClientID, ClientSecret: o.ClientSecret, Scopes: o.Scopes,
		Endpoint: oauth2.Endpoint{TokenURL: o.TokenURL}}
	switch o.Grant {
	case target.ClientCredentials:
		credentials := clientcredentials.Config{ClientID: o.ClientID, ClientSecret: o.ClientSecret,
			TokenURL: o.TokenURL, Scopes: o.Scopes}
		return plainly(credentials.Token(ctx))
	case target.Password:
		if again != "" {
			if got, err := config.TokenSource(ctx, &oauth2.Token{RefreshToken: again}).Token(); err == nil {
				return got, nil
			}
		}
		return plainly(config.PasswordCredentialsToken(ctx, o.Username, o.Password))
	case target.RefreshToken:
		if again == "" {
			again = o.RefreshToken
		}
		return plainly(config.TokenSource(ctx, &oauth2.Token{RefreshToken: again}).Token())
	}
	return nil, fmt.Errorf("grant %q is none of client_credentials, password and refresh_token", o.Grant)
}

// issuing adds members to the form of each request, and tells what the answer has of secrets:
// the library hands on but those that it knows.
type issuing struct {
	next       http.RoundTripper
	parameters map[string]string
	secrets    *secret.Keeper
}

// RoundTrip sends the request with them.
func (w issuing) RoundTrip(r *http.Request) (*http.Response, error) {
	const most = 1 << 20 // bytes, as many as the library reads
	response, err := w.send(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, most))
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	w.secrets.Answer(response.Header, body)
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

func (w issuing) send(r *http.Request) (*http.Response, error) {
	if len(w.parameters) == 0 || r.Body == nil {
		return w.next.RoundTrip(r)
	}
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(sent))
	if err != nil {
		return nil, err
	}
	for name, value := range w.parameters {
		form.Set(name, value)
	}
	more := r.Clone(r.Context())
	body := form.Encode()
	more.Body, more.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	return w.next.RoundTrip(more)
}

// plainly cuts an error of the library down to what its reader can use.
func plainly(got *oauth2.Token, err error) (*oauth2.Token, error) {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response != nil {
		said := refused.ErrorCode
		if refused.ErrorDescription != "" {
			said += ": " + refused.ErrorDescription
		}
		if said == "" {
			said = strings.TrimSpace(string(refused.Body[:min(len(refused.Body), 200)]))
		}
		return nil, fmt.Errorf("%s answered %s (%s)", issuer(refused.Response.Request.URL), refused.Response.Status, said)
	}
	if call := (*url.Error)(nil); errors.As(err, &call) {
		at, bad := url.Parse(call.URL)
		if bad != nil {
			at = &url.URL{}
		}
		return nil, fmt.Errorf("%s: %w", issuer(at), trouble.Plain(call.Err))
	}
	return got, trouble.Plain(err)
}

// issuer is a URL without what may be a credential in it.
func issuer(at *url.URL) string {
	return (&url.URL{Scheme: at.Scheme, Host: at.Host, Path: at.Path}).String()
}

// printed is the token that a command prints: alone, or as the JSON of RFC 6749, 5.1.
func (t *Tokens) printed(ctx context.Context, command []string) (*oauth2.Token, error) {
	out, err := run(ctx, command, nil)
	if err != nil {
		return nil, err
	}
	t.secrets.Answer(nil, out)
	text := strings.TrimSpace(string(out))
	if !strings.HasPrefix(text, "{") {
		if text == "" || strings.ContainsAny(text, "\r\n") {
			return nil, fmt.Errorf("%s printed %d lines; it has to print the token alone, or JSON with access_token",
				command[0], len(strings.Fields(text)))
		}
		return &oauth2.Token{AccessToken: text}, nil
	}
	var told struct {
		AccessToken string      `json:"access_token"`
		ExpiresIn   json.Number `json:"expires_in"`
	}
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&told); err != nil || told.AccessToken == "" {
		return nil, fmt.Errorf("%s printed JSON without access_token", command[0])
	}
	got := &oauth2.Token{AccessToken: told.AccessToken}
	if seconds, err := told.ExpiresIn.Float64(); err == nil && seconds > 0 {
		got.Expiry = time.Now().Add(time.Duration(seconds * float64(time.Second)))
	}
	return got, nil
}

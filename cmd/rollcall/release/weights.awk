# Sums the sizes of symbols, as `go tool nm -size` prints them, by module. What takes no room in the file is left out.
$3 ~ /^[bB]$/ || $4 ~ /drbg\.memory$/ { next }
NF > 3 {
  name = $4
  sub(/^(type:\.(eq|hash)\.|type:[.*]*|go:itab\.\*?)/, "", name)
  n = split(name, part, "/")
  if (n > 1 && part[1] ~ /\./) key = part[1] "/" part[2] (part[1] ~ /^(github.com|golang.org)$/ && n > 2 ? "/" part[3] : "")
  else if (part[1] == "rollcall") key = "rollcall/" part[2]
  else if (name ~ /^go:func/) key = "tables of functions"
  else key = "standard library"
  sub(/\.[(A-Za-z_].*$/, "", part[3])
  if (part[1] !~ /^(github.com|golang.org)$/) sub(/\.[(A-Z_][^\/]*$/, "", key); else { sub(/[(].*$/, "", key); sub(/\.[A-Za-z_]*\.?$/, "", key) }
  sum[key] += $2
}
END { for (k in sum) printf "%7d %s\n", sum[k] / 1000, k }

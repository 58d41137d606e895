# A time-stamping authority (RFC 3161) on loopback: `load lib/authority`.
#
#	authority_make DIR	its keys and certificates; DIR/ca.pem is public
#	authority_start DIR	sets TSA_URL; authority_stop ends it
#
# It answers in DIR; DIR/refuse, DIR/other and DIR/junk make it answer with a
# refusal, with a stamp for other bytes, and with what is no stamp.

authority_make() {
	mkdir -p "$1"
	(
		cd "$1" || exit
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
			-subj "/CN=Root of $(basename "$1")" -keyout ca.key -out ca.pem 2>/dev/null
		openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key \
			-subj "/CN=Stamps of $(basename "$1")" -out tsa.csr 2>/dev/null
		printf 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n' >tsa.ext
		openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 \
			-extfile tsa.ext -out tsa.pem 2>/dev/null
		cat >ts.conf <<-EOT
		[tsa]
		default_tsa = here
		[here]
		serial = $PWD/serial
		signer_cert = $PWD/tsa.pem
		certs = $PWD/ca.pem
		signer_key = $PWD/tsa.key
		signer_digest = sha256
		default_policy = 1.2.3.4
		digests = sha256
		ess_cert_id_chain = yes
		ess_cert_id_alg = sha256
		EOT
		echo 01 >serial
	)
}

authority_start() {
	rm -f "$1/port"
	python3 "$LIB/authority.py" "$1" 3>&- >"$1/log" 2>&1 &
	TSA_PID=$!
	for _ in $(seq 100); do
		[ ! -s "$1/port" ] || break
		sleep 0.1
	done
	TSA_URL=http://127.0.0.1:$(cat "$1/port")/tsa
	export TSA_PID TSA_URL
}

authority_stop() {
	[ -z "${TSA_PID:-}" ] || kill "$TSA_PID" 2>/dev/null || true
}

# stamping ARCHIVE DIR: configures the archive to stamp with this authority and
# an SSH key of its own.
stamping() {
	[ -e "$2/ssh.key" ] || ssh-keygen -q -t ed25519 -N '' -C '' -f "$2/ssh.key"
	git -C "$1" config stet.timestampUrl "$TSA_URL"
	git -C "$1" config stet.timestampCa "$2/ca.pem"
	git -C "$1" config stet.signKey "$2/ssh.key"
}

# proving ARCHIVE DIR: configures it to sign proofs, with a key and certificate
# of its own.
proving() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
		-subj "/CN=archive.$(basename "$2").example" -keyout "$2/prove.key" -out "$2/prove.pem" 2>/dev/null
	git -C "$1" config stet.proveKey "$2/prove.key"
	git -C "$1" config stet.proveCert "$2/prove.pem"
}

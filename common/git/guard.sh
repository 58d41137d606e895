# git, as stet's scripts call it: for the archive in $archive alone. It reads
# the archive's own configuration, not the user's or the system's, and nothing
# that this configuration says starts a program or a transfer.
unset "${!GIT_@}"
trap '' XFSZ # a file that may grow no further is an error like a full disk
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_SYSTEM=/dev/null
export GIT_CONFIG_GLOBAL=/dev/null GIT_ATTR_NOSYSTEM=1
export GIT_NO_LAZY_FETCH=1 GIT_ALLOW_PROTOCOL=none GIT_TERMINAL_PROMPT=0
export GIT_SSH_COMMAND=false GIT_ASKPASS=false GIT_PAGER=cat GIT_EDITOR=false
git() {
	command git --git-dir="${archive:?}" --no-pager \
		-c core.hooksPath=/dev/null -c core.fsmonitor=false \
		-c core.sshCommand=false -c core.gitProxy=false \
		-c core.askPass=false -c credential.helper= \
		-c core.pager=cat -c core.editor=false -c diff.external= \
		-c core.alternateRefsCommand=true -c gpg.program=false \
		-c protocol.allow=never -c core.fsync=all "$@"
}

# can_write FILE: makes it and its folder where they are missing; 3, having
# said why, where it cannot be written.
can_write() {
	local why
	why=$({ mkdir -p -- "${1%/*}" && : >>"$1"; } 2>&1) && return
	echo "${0##*/}: cannot write '$1': ${why##*: }" >&2
	return 3
}

# edit_config ARG...: what `git config ARG...` does, but so that the archive's
# configuration is at no moment half written, not even after a power cut, and
# with status 3 where it cannot be written.
edit_config() {
	local lock=$archive/config.lock tries=0
	until (set -C && : >"$lock") 2>/dev/null; do
		tries=$((tries + 1))
		if [ ! -e "$lock" ] || [ $tries -gt 100 ]; then
			echo "${0##*/}: cannot write '$lock'" >&2
			return 3
		fi
		sleep 0.1
	done
	if cat -- "$archive/config" >|"$lock" &&
		git config --file "$lock" "$@" && sync -- "$lock" &&
		chmod --reference="$archive/config" -- "$lock" &&
		mv -- "$lock" "$archive/config" && sync -- "$archive"; then
		return 0
	fi
	rm -f -- "$lock"
	echo "${0##*/}: cannot write '$archive/config'" >&2
	return 3
}

# Calls that fail and power cuts: after any of them the archive is the state
# before or after a batch, what was acknowledged is there, and a second run
# does the rest. scripts/bench-torture tries more of the same.

load helper

torture() {
	python3 "$LIB/torture.py" "$@"
}

@test "opens and syncs of a commit that fail lose nothing" {
	torture first:open:EMFILE first:fsync commit:open:EIO commit:fsync
}

@test "writes and renames of a commit that fail lose nothing" {
	torture commit:write:ENOSPC,short commit:rename,ftruncate,mkdir \
		commit:unlink,close,flock
}

@test "a power cut takes no receipt back" {
	run python3 "$LIB/powercut.py" --rounds 5
	[ $status != 77 ] || skip 'no loop device'
	echo "$output"
	[ $status = 0 ]
	run -0 python3 "$LIB/powercut.py" --rounds 4 --old
	echo "$output"
}

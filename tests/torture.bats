# Calls that fail and power cuts: after any of them the archive is the state
# before or after a batch, what was acknowledged is there, and a second run
# does the rest. scripts/bench-torture tries more of the same.

load helper

setup() {
	[[ $BUILD != *asan* ]] || skip "the sanitizer comes first"
	common_setup
}

torture() {
	python3 "$LIB/torture.py" "$@"
}

@test "opens and syncs of a commit that fail lose nothing" {
	torture --step 3 first:open:EMFILE commit:open:EIO
	torture commit:fsync
}

@test "writes and renames of a commit that fail lose nothing" {
	torture --step 3 commit:write:ENOSPC commit:unlink,close
	torture commit:rename,ftruncate,mkdir,flock
}

@test "opens of a rendering that fail leave nothing out of the next one" {
	torture --step 5 render:open:EIO
	# While an object's folder is read, of whose errors libgit2 tells in words.
	torture --from 28 --to 36 render:open:EIO
}

@test "no memory is status 3, and never a wrong text" {
	torture --step 97 extract:malloc commit:malloc links:malloc
}

@test "${STET_KILLS:-20} kills beside what else is at work lose nothing" {
	run -0 python3 "$LIB/kills.py" --kills "${STET_KILLS:-20}"
	echo "$output"
}

@test "a power cut takes no receipt back" {
	run python3 "$LIB/powercut.py" --rounds 3
	[ $status != 77 ] || skip 'no loop device'
	echo "$output"
	[ $status = 0 ]
	run -0 python3 "$LIB/powercut.py" --rounds 3 --old
	echo "$output"
}

# Work in proportion: twice the input is twice the work, counted in
# instructions. `tests/lib/doubling.py` alone tries many more inputs.

load helper

setup() {
	[[ $BUILD != *asan* ]] || skip 'the sanitizers count too'
	command -v valgrind >/dev/null || skip 'no valgrind'
}

doubling() {
	python3 "$LIB/doubling.py" "$@"
}

@test "twice the page is twice the work" {
	doubling --times 0.25 title blocks 'one paragraph' links classes 'page of links'
}

@test "twice the changes are twice the work" {
	doubling --times 0.5 'paragraphs changed' 'words changed'
}

@test "twice the cookies and rules of a server are twice the work" {
	doubling --times 0.5 cookies robots
}

@test "twice the articles of a day are twice the work" {
	doubling --times 0.6 'articles of a day'
}

@test "what costs more than it may is found" {
	run -1 doubling --times 0.25 --most 1.5 links
	[[ $output == *'TOO MUCH'* ]]
}

# What is installed beside the commands: completion, units, and the tarball.
load helper

setup_file() {
	for shell in bash zsh fish; do
		"$BATS_TEST_DIRNAME/../scripts/completion" $shell "$BUILD" >"$BATS_FILE_TMPDIR/$shell"
	done
}

# The long options of a command, as its help has them.
long_options() {
	"$1" --help | grep -oE '^ +(-[a-zA-Z], )?--[a-z0-9.-]+' | grep -oE -- '--[a-z0-9.-]+'
}

@test "every option of every command is in its man page and in each completion" {
	for command in "$BUILD"/stet-*; do
		name=$(basename "$command")
		grep -E "^	${name#stet-}\) words=" "$BATS_FILE_TMPDIR/bash" >words
		sed -n "/^	${name#stet-}) _arguments/,/;;\$/p" "$BATS_FILE_TMPDIR/zsh" >zsh
		grep -E "^complete -c $name " "$BATS_FILE_TMPDIR/fish" >fish
		mandoc -T ascii "$ROOT"/cmd/*/"$name.1" | col -b >page
		[ "$(long_options "$command" | wc -l)" -ge 2 ]
		while IFS= read -r option; do
			grep -qF -- " $option " <(tr '"' ' ' <words) || { echo "bash: $name $option"; return 1; }
			grep -qE -- "'$option[=[]" zsh || { echo "zsh: $name $option"; return 1; }
			grep -qE -- "-l ${option#--} " fish || { echo "fish: $name $option"; return 1; }
			grep -qE -- "(^|[^a-z-])$option([^a-z-]|\$)" page || { echo "man: $name $option"; return 1; }
		done < <(long_options "$command")
	done
}

@test "bash completes commands, options and files" {
	touch news.git
	complete_words() {
		# shellcheck disable=SC2016
		bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _stet; printf "%s\n" "${COMPREPLY[@]}"' \
			_ "$BATS_FILE_TMPDIR/bash" "$@"
	}
	[ "$(complete_words stet lo)" = log ]
	[ "$(complete_words stet log --js)" = --json ]
	[ "$(complete_words stet-log --js)" = --json ]
	[ "$(complete_words stet log new)" = news.git ]
}

@test "zsh and fish take their completions" {
	zsh -n "$BATS_FILE_TMPDIR/zsh"
	fish --no-execute "$BATS_FILE_TMPDIR/fish"
	cp "$BATS_FILE_TMPDIR/fish" stet.fish
	HOME=$PWD run -0 fish -c 'source stet.fish; complete -C "stet-log --js"'
	[[ $output == --json* ]]
}

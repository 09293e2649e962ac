# Completion of ncm-xen for bash, as `ncm-xen completion bash` prints it.
# To have it in one shell:  . <(ncm-xen completion bash)

_ncm_xen() {
    local current=${COMP_WORDS[COMP_CWORD]} previous='' option='' command='' kind='' words=''
    local i=0 name profile=()
    COMPREPLY=()
    ((COMP_CWORD > 0)) && previous=${COMP_WORDS[COMP_CWORD - 1]}

    # bash takes --option=value and simulated:DIR apart at = and :.
    if [[ $current == '=' || $current == ':' ]]; then
        option=$previous
        current=''
    elif [[ $previous == '=' || $previous == ':' ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
    else
        option=$previous
    fi
    [[ $option == simulated ]] && kind=folder

    for ((i = 1; i < COMP_CWORD; i++)); do
        name=${COMP_WORDS[i]}
        [[ ${COMP_WORDS[i + 1]} == '=' ]] && ((i++))
        case $name in
        --profile | --cache-root | --useprofile | --cid | --ccmcfg)
            ((i++))
            profile+=("$name=${COMP_WORDS[i]/#\~\//$HOME/}")
            ;;
        -*) ;;
        *)
            if [[ -z $command && " @COMMANDS@ " == *" $name "* ]]; then
                command=$name
            fi
            ;;
        esac
    done

    [[ -n $kind ]] || case "$command $option" in
@VALUES@
    esac
    if [[ -z $kind && $current == -* ]]; then
        kind=words
        case $command in
@OPTIONS@
        esac
    elif [[ -z $kind ]]; then
        case $command in
@ARGUMENTS@
        esac
    fi

    case $kind in
    words)
        # shellcheck disable=SC2207 # no word of ours has a blank or a wildcard
        COMPREPLY=($(compgen -W "$words" -- "$current"))
        [[ ${COMPREPLY[0]} == *: ]] && compopt -o nospace 2>/dev/null
        ;;
    path)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        ;;
    folder)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        ;;
    guest)
        # Not compgen -W, which would expand what a profile says.
        while IFS= read -r name; do
            [[ $name == "$current"* ]] && COMPREPLY+=("$name")
        done < <("${COMP_WORDS[0]}" complete-guests "${profile[@]}" 2>/dev/null)
        ;;
    esac
}

complete -F _ncm_xen ncm-xen

#compdef ncm-xen
# Completion of ncm-xen for zsh, as `ncm-xen completion zsh` prints it; a file _ncm-xen of $fpath.

# The guests of the profile that the command line names.
_ncm_xen_guests() {
    local -a profile guests
    local option
    for option in --profile --cache-root --useprofile --cid --ccmcfg; do
        [[ -n ${opt_args[$option]} ]] && profile+=("$option=${(Q)opt_args[$option]}")
    done
    guests=(${(f)"$($ncm_xen_program complete-guests $profile 2>/dev/null)"})
    (( $#guests )) && compadd -a guests
}

_ncm_xen_host() {
    if compset -P 'simulated:'; then
        _files -/
    else
        compadd -S '' simulated:
        compadd local
    fi
}

_ncm-xen() {
    local context state line
    local -A opt_args
    local ncm_xen_program=${(Q)words[1]}
    _arguments -C '1:command:->command' '*::argument:->argument' \
        '(- *)'{-h,--help}'[print help]' '(- *)'{-V,--version}'[print the version]' && return
    case $state in
    command)
        local -a commands=(
@COMMANDS@
        )
        _describe command commands
        ;;
    argument)
        case $line[1] in
@ARGUMENTS@
        esac
        ;;
    esac
}

_ncm-xen "$@"

# ncm-ncd loads components as Perl packages. This one runs the program ncm-xen and passes its output
# to ncm-ncd line by line. It contains nothing specific to Xen.

package NCM::Component::xen;

use strict;
use warnings;

use parent qw(NCM::Component);

use CAF::Process;
use LC::Exception;

# ncm-ncd refuses a component without this.
our $EC = LC::Exception::Context->new()->will_store_all();

# The program itself changes nothing if it is called with --noaction.
our $NoActionSupported = 1;

# Where packages install the program.
our @PROGRAMS = qw(/usr/bin/ncm-xen /usr/sbin/ncm-xen);

# Seconds; disks are created and guests are started one after the other.
our $TIMEOUT = 3600;

# The meaning of the exit codes with which the program ends before it counts errors.
our %MEANING = (
    3 => 'there is /etc/noquattor',
    64 => 'it does not understand how it was called; are package and component of one version?',
    65 => 'the profile is not valid',
    66 => 'the profile cannot be read, or has no such component',
    69 => 'this host has neither xl nor xm',
    70 => 'it is itself at fault',
    74 => 'the host cannot be read',
    75 => 'another run of it has the lock',
    77 => 'it was not run as root',
    78 => 'its settings are not valid',
);

# Functions, not methods of a class, because ncm-ncd might look for those.
my %SAY = (
    ERROR => sub { $_[0]->error($_[1]) },
    WARN  => sub { $_[0]->warn($_[1]) },
    INFO  => sub { $_[0]->info($_[1]) },
    OK    => sub { $_[0]->info($_[1]) },
    VERB  => sub { $_[0]->verbose($_[1]) },
    DEBUG => sub { $_[0]->debug(1, $_[1]) },
);

# Passes on one line of the program.
sub _line
{
    my ($self, $line) = @_;

    return if $line eq '';
    my ($level, $text) = $line =~ /^\[(ERROR|WARN|INFO|OK|VERB|DEBUG)\]\s+(.*)$/;
    if (!defined($level)) {
        $self->report($line);
    } elsif ($level eq 'VERB' && $text =~ /^EVENT: \S+ modified file (.+)$/) {
        # ncm-ncd repeats it in the events of all components.
        $self->event($self, modified => 1, filename => $1);
        $self->verbose($text);
    } else {
        $SAY{$level}->($self, $text);
    }
    return;
}

# Returns the command line of the program.
sub _command
{
    my ($self, $action, $config) = @_;

    my ($program) = grep { -x $_ } @PROGRAMS;
    if (!$program) {
        $self->error('there is no program ncm-xen (looked for ',
                     join(' and ', @PROGRAMS), '); install the package ncm-xen');
        return;
    }

    # ncm-ncd already has its lock, log and state file, and has checked /etc/noquattor.
    my @command = ($program, $action, qw(--ignorelock --state none --logfile none
                   --force-quattor --no-summary --verbose));

    # The profile that ncm-ncd has opened, even if another one becomes current in the meantime.
    my $cid = $config->getConfigurationId();
    push(@command, '--useprofile', $cid) if defined($cid);
    push(@command, '--cache_root', $config->getCacheManager()->getCachePath())
        if $config->can('getCacheManager');

    push(@command, '--noaction') if $NCM::Component::NoAction;
    my $debug = _debug_level();
    push(@command, '--debug', $debug) if $debug;
    return \@command;
}

# Returns the level of ncm-ncd, which is an option of the application that runs this component.
sub _debug_level
{
    my $app = do { no warnings 'once'; $main::this_app };
    my $level = $app && $app->can('option') ? $app->option('debug') : 0;
    return $level && $level =~ /^[1-5]$/ ? $level : 0;
}

# Runs the program; its output becomes lines and counters of this component.
sub _run
{
    my ($self, $action, $config) = @_;

    my $command = $self->_command($action, $config);
    return if !$command;

    my $before = $self->get_errors();
    # keeps_state: the program must also run in a dry run, and then changes nothing.
    my $process = CAF::Process->new($command, log => $self, keeps_state => 1, timeout => $TIMEOUT);
    $process->stream_output(\&_line, mode => 'line', arguments => [$self]);
    my $status = $?;

    if ($status != 0 && $self->get_errors() == $before) {
        my $code = $status >> 8;
        my $how = $status & 127 ? 'was ended by signal ' . ($status & 127)
            : $status == -1     ? 'could not be started'
            :                     "ended with $code" . ($MEANING{$code} ? ": $MEANING{$code}" : '');
        $self->error("ncm-xen $action $how");
    }
    return $self->get_errors() == $before ? 1 : 0;
}

sub Configure
{
    my ($self, $config) = @_;
    return $self->_run('configure', $config);
}

sub Unconfigure
{
    my ($self, $config) = @_;
    return $self->_run('unconfigure', $config);
}

1;

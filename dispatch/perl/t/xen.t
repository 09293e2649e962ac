#!/usr/bin/perl
# Tests the component with stand-ins for the classes of ncm-ncd, and a program that prints what it is
# given.
#   perl -Idispatch/perl -Idispatch/perl/t/lib dispatch/perl/t/xen.t

use strict;
use warnings;

use File::Temp qw(tempdir);
use NCM::Component::xen;

my $failed = 0;
my $count = 0;

sub is
{
    my ($found, $expected, $what) = @_;
    $count++;
    $found = 'undef' if !defined($found);
    if ($found eq $expected) {
        print "ok $count - $what\n";
    } else {
        $failed++;
        print "not ok $count - $what\n# found:    $found\n# expected: $expected\n";
    }
    return;
}

package Config {
    sub new { return bless({}, shift) }
    sub getConfigurationId { return 14 }
    sub getCacheManager { return $_[0] }
    sub getCachePath { return '/var/lib/ccm' }
}

package App {
    sub new { my ($class, %options) = @_; return bless({%options}, $class) }
    sub option { return $_[0]->{$_[1]} }
}

my $folder = tempdir(CLEANUP => 1);

# Runs the component once with a program of that text.
sub run
{
    my ($method, $text) = @_;
    my $program = "$folder/ncm-xen";
    open(my $file, '>', $program) or die("$program: $!");
    print $file "#!/bin/sh\n$text\n";
    close($file);
    chmod(0755, $program);
    local @NCM::Component::xen::PROGRAMS = ("$folder/none", $program);
    @CAF::Process::STARTED = ();
    my $component = NCM::Component::xen->new('xen');
    $component->{RESULT} = $component->$method(Config->new());
    return $component;
}

sub lines { return join('|', @{$_[0]->{LINES}}) }
sub counts { return $_[0]->get_errors() . ' ' . $_[0]->get_warnings() }
sub command { return join(' ', @{$CAF::Process::STARTED[0]->{command}}) }

my $fixed = '--ignorelock --state none --logfile none --force-quattor --no-summary --verbose'
    . ' --useprofile 14 --cache_root /var/lib/ccm';

# What ncm-ncd demands of a component before it runs it.
is(ref($NCM::Component::xen::EC), 'LC::Exception::Context', 'it has a context for exceptions');
is($NCM::Component::xen::NoActionSupported, 1, 'it can be run with --noaction');
for my $method (qw(Configure Unconfigure error warn get_errors get_warnings name)) {
    is(NCM::Component::xen->can($method) ? 1 : 0, 1, "it has the method $method");
}

my $c = run('Configure', 'echo "[INFO] nothing to change"; echo "[OK]   fine"');
is(counts($c), '0 0', 'a good run has no errors and no warnings');
is(lines($c), 'info: nothing to change|info: fine', 'lines keep their level and lose its name');
is(command(), "$folder/ncm-xen configure $fixed", 'the program gets the profile of ncm-ncd');
is($CAF::Process::STARTED[0]->{keeps_state}, 1, 'the program is run in a dry run too');
is($CAF::Process::STARTED[0]->{mode}, 'line', 'lines come while the program runs');
is($CAF::Process::STARTED[0]->{timeout}, 3600, 'the program has an hour');

$c = run('Configure', 'echo "[ERROR] no space"; echo "[WARN] too small"; exit 1');
is(counts($c), '1 1', 'each line of level ERROR or WARN counts once, and the exit code not again');
is(lines($c), 'error: no space|warn: too small', 'errors and warnings are reported');

$c = run('Configure', 'echo "[ERROR] odd"; exit 0');
is(counts($c), '1 0', 'an error counts whatever the exit code says');

$c = run('Configure', 'exit 75');
is(counts($c), '1 0', 'an exit code without a line is one error');
is(lines($c), 'error: ncm-xen configure ended with 75: another run of it has the lock',
    'it says what the exit code means');

$c = run('Unconfigure', 'kill -9 $$');
is(lines($c), 'error: ncm-xen unconfigure was ended by signal 9', 'so it does of a signal');
is(command(), "$folder/ncm-xen unconfigure $fixed", 'Unconfigure is unconfigure');

$c = run('Configure', 'echo odd line; echo "[VERB] look"; echo "[DEBUG] deep"; printf "[INFO] end"');
is(lines($c), 'report: odd line|verbose: look|debug 1: deep|info: end',
    'other lines are reported, and the last one need not end');

$c = run('Configure', 'echo "[WARN] from stderr" >&2');
is(counts($c), '0 1', 'standard error counts too');

$c = run('Configure', 'echo "[VERB] EVENT: xen modified file /etc/xen/a b"');
is(join(' ', map { "$_->{modified} $_->{filename}" } @{$c->{EVENTS}}), '1 /etc/xen/a b',
    'a changed file is an event');

{
    local $NCM::Component::NoAction = 1;
    $c = run('Configure', 'echo "[INFO] $*"');
    is(lines($c) =~ /--noaction$/ ? 1 : 0, 1, '--noaction is handed on, and the program is run');
}
{
    our $this_app = App->new(debug => 3);
    $c = run('Configure', 'true');
    is(command(), "$folder/ncm-xen configure $fixed --debug 3", 'so is --debug');
}
{
    local @NCM::Component::xen::PROGRAMS = ("$folder/none");
    $c = NCM::Component::xen->new('xen');
    $c->Configure(Config->new());
    is(counts($c), '1 0', 'without the program there is one error');
}

print "1..$count\n";
exit($failed ? 1 : 0);

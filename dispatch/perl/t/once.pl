#!/usr/bin/perl
# Runs the component once as ncm-ncd would, under the stand-ins, and prints what ncm-ncd would hear.
#   perl -I... t/once.pl PROGRAM CACHE_ROOT CID Configure|Unconfigure [noaction]

use strict;
use warnings;

use NCM::Component::xen;

my ($program, $root, $cid, $method, $noaction) = @ARGV;

package Config {
    sub new { my ($class, %values) = @_; return bless({%values}, $class) }
    sub getConfigurationId { return $_[0]->{cid} }
    sub getCacheManager { return $_[0] }
    sub getCachePath { return $_[0]->{root} }
}

@NCM::Component::xen::PROGRAMS = ($program);
$NCM::Component::NoAction = $noaction ? 1 : 0;
my $component = NCM::Component::xen->new('xen');
$component->$method(Config->new(cid => $cid, root => $root));
print "$_\n" foreach @{$component->{LINES}};
print "event: $_->{filename}\n" foreach @{$component->{EVENTS}};
print $component->get_errors(), ' errors, ', $component->get_warnings(), " warnings\n";

# A stand-in: what NCM::Component offers to a component, with lines kept instead of printed.
package NCM::Component;
use strict;
use warnings;

our $NoAction = 0;

sub new
{
    my ($class, $name) = @_;
    return bless({ NAME => $name, ERRORS => 0, WARNINGS => 0, LINES => [], EVENTS => [] }, $class);
}

sub _say
{
    my ($self, $level, @text) = @_;
    push(@{$self->{LINES}}, join('', "$level: ", @text));
    return;
}

sub error   { my $self = shift; $self->{ERRORS}++; return $self->_say('error', @_) }
sub warn    { my $self = shift; $self->{WARNINGS}++; return $self->_say('warn', @_) }
sub info    { my $self = shift; return $self->_say('info', @_) }
sub verbose { my $self = shift; return $self->_say('verbose', @_) }
sub report  { my $self = shift; return $self->_say('report', @_) }
sub debug   { my ($self, $level, @text) = @_; return $self->_say("debug $level", @text) }
sub event   { my ($self, $object, %data) = @_; push(@{$self->{EVENTS}}, \%data); return 1 }

sub name         { return $_[0]->{NAME} }
sub get_errors   { return $_[0]->{ERRORS} }
sub get_warnings { return $_[0]->{WARNINGS} }

1;

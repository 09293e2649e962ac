# What every machine of the example has. The compiler finds templates in schema and in this directory.

unique template site/node;

include 'pan/units';
include 'components/spma/config';
include 'components/network/config';

variable FULL_HOSTNAME ?= OBJECT;

'/system/network/hostname' = replace('\..*$', '', FULL_HOSTNAME);
'/system/network/domainname' = replace('^[^.]*\.', '', FULL_HOSTNAME);
'/system/kernel/version' ?= '5.14.0-362.el9.x86_64';

# The virtual CPU of a Xen guest.

structure template hardware/cpu/xen_virtual;

'vendor' = 'Xen';
'model' = 'Virtual CPU';
'arch' = 'x86_64';
'cores' = 1;
'speed' = 0;

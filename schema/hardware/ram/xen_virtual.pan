# The memory of a Xen guest, in MiB.

structure template hardware/ram/xen_virtual;

# MB and GB come from pan/units, which the node's own template includes.

'size' ?= 1 * GB;

structure template site/hardware/xen2.example.org;

# MB and GB come from pan/units, which the node's own template includes.

'location' = 'machine room 2, rack 5';
'cpu' = list(dict('arch', 'x86_64', 'cores', 8), dict('arch', 'x86_64', 'cores', 8));
'ram' = list(dict('size', 32 * GB), dict('size', 32 * GB));
'harddisks/sda' = dict('capacity', 1000 * GB, 'boot', true);
'cards/nic/eth0' = dict('hwaddr', '00:30:48:00:00:21', 'boot', true);
'cards/nic/eth1' = dict('hwaddr', '00:30:48:00:00:22');

# Which guests the hosts have. A guest moves when its name does, and it and both hosts are compiled.

unique template site/xen/db;

variable XEN_DB ?= dict(
    'xen1.example.org', list(
        'web.example.org',
        'db.example.org',
        'build.example.org',
        'news.example.org'
    ),
    'xen2.example.org', list(
        'mail.example.org',
        'wiki.example.org'
    )
);

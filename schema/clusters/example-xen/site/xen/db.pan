# The guests of each host. To move a guest, move its name and compile it and both hosts.

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

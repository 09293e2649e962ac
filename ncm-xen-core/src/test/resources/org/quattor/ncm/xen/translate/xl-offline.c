/*
 * Preloaded into "xl -N create FILE", so that xl parses a guest file where no
 * hypervisor runs: a dry run asks for nothing but the handles that xl opens at
 * its start, the version of Xen, and the number of CPUs and NUMA nodes.
 * The layouts are those of Xen 4.17.
 *
 *     cc -shared -fPIC -o xl-offline.so xl-offline.c
 */
#include <string.h>

enum { XEN_MAJOR = 4, XEN_MINOR = 17, CPUS = 8, NODES = 1, PAGE = 4096 };

static char handle[512];

/* libxenctrl */
void *xc_interface_open(void *logger, void *dombuild_logger, unsigned flags)
{
    (void)logger; (void)dombuild_logger; (void)flags;
    return handle;
}

int xc_interface_close(void *xch) { (void)xch; return 0; }
int xc_get_max_cpus(void *xch) { (void)xch; return CPUS; }
int xc_get_max_nodes(void *xch) { (void)xch; return NODES; }
long xc_sharing_freed_pages(void *xch) { (void)xch; return 0; }
long xc_sharing_used_frames(void *xch) { (void)xch; return 0; }

int xc_sched_id(void *xch, int *scheduler)
{
    (void)xch;
    *scheduler = 9; /* credit2 */
    return 0;
}

/* The answer of 112 bytes begins with counts: threads per core, cores per
 * socket, CPUs, the highest CPU number, nodes; the eighth word is capabilities. */
int xc_physinfo(void *xch, unsigned *answer)
{
    (void)xch;
    memset(answer, 0, 112);
    answer[0] = 1;
    answer[1] = CPUS;
    answer[2] = CPUS;
    answer[3] = CPUS - 1;
    answer[4] = NODES;
    answer[7] = 3;
    return 0;
}

int xc_version(void *xch, int what, void *answer)
{
    static const unsigned short sizes[] = { 0, 16, 144, 1024, 64, 8, 8, 0, 16, 1024 };

    (void)xch;
    if (what >= 0 && what < (int)(sizeof sizes / sizeof sizes[0]) && answer && sizes[what])
        memset(answer, 0, sizes[what]);
    if (what == 0)
        return XEN_MAJOR << 16 | XEN_MINOR;
    return what == 7 ? PAGE : 0;
}

/* libxenstore */
void *xs_open(unsigned long flags) { (void)flags; return handle; }
void xs_close(void *xs) { (void)xs; }
int xs_fileno(void *xs) { (void)xs; return -1; }

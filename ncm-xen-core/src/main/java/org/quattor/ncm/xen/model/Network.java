package org.quattor.ncm.xen.model;

import com.google.common.collect.ImmutableSortedSet;

/**
 * The names that {@code network} declares. What they are made of is not read yet: bridges are the
 * host's own matter, see {@code docs/architecture.md}.
 *
 * @param bridges keys of {@code bridges} and {@code vlans}
 */
public record Network(ImmutableSortedSet<String> bridges) {}

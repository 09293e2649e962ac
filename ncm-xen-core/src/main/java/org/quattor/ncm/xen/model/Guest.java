package org.quattor.ncm.xen.model;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code domains}.
 *
 * @param key the key under {@code domains}, which names the guest file and the autostart link
 * @param path the guest's Pan path, for findings
 * @param options {@code options}
 * @param installOptions {@code install_options}, which give {@code <key>.start}; null when absent
 * @param autostart {@code auto}
 * @param lifecycle when it runs
 * @param fetches {@code fetch}: files that are brought to dom0 before it, in order
 */
public record Guest(
    String key,
    String path,
    GuestOptions options,
    @Nullable GuestOptions installOptions,
    Autostart autostart,
    Lifecycle lifecycle,
    ImmutableList<Fetch> fetches) {

  /** Returns whether the file is one that is brought to dom0 for this guest. */
  public boolean fetches(String file) {
    return fetches.stream().anyMatch(fetch -> fetch.file().equals(file));
  }

  /** What {@code auto} says about the link in {@code /etc/xen/auto}. */
  public enum Autostart {
    /** True: there is a link. */
    ON,
    /** False: there is none. */
    OFF,
    /** Absent: left as it is. */
    UNDECLARED
  }
}

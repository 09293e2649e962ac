package org.quattor.ncm.xen.profile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.text.Excerpt;

/**
 * Puts a tree together from the events of a parser, and holds it to what a profile can be: no key
 * twice, and bounded depth and size.
 */
final class TreeBuilder {

  /** Pan schemas nest some ten levels deep; the compiler itself stops at 50 recursions. */
  static final int MAX_DEPTH = 100;

  /** About twenty times the largest host; keeps a hostile profile below half a GiB of memory. */
  static final int MAX_ELEMENTS = 2_000_000;

  private final ParseErrors parseErrors;
  private final Deque<Frame> open = new ArrayDeque<>();
  private int elements;
  private @Nullable ImmutableNode root;

  TreeBuilder(ParseErrors parseErrors) {
    this.parseErrors = parseErrors;
  }

  /** Opens a dict; the key is ignored at the root and in a list. */
  void startDict(@Nullable String key) {
    start(key, false);
  }

  /** Opens a list. */
  void startList(@Nullable String key) {
    start(key, true);
  }

  private void start(@Nullable String key, boolean list) {
    count();
    if (open.size() == MAX_DEPTH) {
      throw parseErrors.invalid("nested more than " + MAX_DEPTH + " levels deep");
    }
    Frame parent = open.peek();
    open.push(new Frame(parent == null ? null : parent.accept(key, parseErrors), list));
  }

  /** Closes the innermost dict or list. */
  void end() {
    ImmutableNode node = open.pop().close();
    Frame parent = open.peek();
    if (parent == null) {
      root = node;
    } else {
      parent.children.add(node);
    }
  }

  void string(@Nullable String key, String value) {
    Frame parent = parent();
    parent.children.add(PanTree.string(parent.accept(key, parseErrors), value));
  }

  void bool(@Nullable String key, boolean value) {
    Frame parent = parent();
    parent.children.add(PanTree.bool(parent.accept(key, parseErrors), value));
  }

  void wholeNumber(@Nullable String key, String text) {
    Frame parent = parent();
    parent.children.add(PanTree.wholeNumber(parent.accept(key, parseErrors), text));
  }

  void fraction(@Nullable String key, String text) {
    Frame parent = parent();
    parent.children.add(PanTree.fraction(parent.accept(key, parseErrors), text));
  }

  /** Returns whether what comes next is an item of a list. */
  boolean inList() {
    Frame innermost = open.peek();
    return innermost != null && innermost.list;
  }

  /** Returns whether the root was closed. */
  boolean complete() {
    return root != null;
  }

  /** Returns the root, once it was closed. */
  ImmutableNode root() {
    if (root == null) {
      throw new IllegalStateException("the root was not closed");
    }
    return root;
  }

  private Frame parent() {
    count();
    return open.element();
  }

  private void count() {
    if (++elements > MAX_ELEMENTS) {
      throw parseErrors.invalid("more than " + MAX_ELEMENTS + " elements");
    }
  }

  /** A dict or a list that is still open. */
  private static final class Frame {
    private final @Nullable String name;
    private final boolean list;
    private final List<ImmutableNode> children = new ArrayList<>();
    private String lastKey = "";

    /** All keys; made for a dict that is not written in order, which no compiler does. */
    private @Nullable Set<String> keys;

    Frame(@Nullable String name, boolean list) {
      this.name = name;
      this.list = list;
    }

    /** Returns the name of the next child. */
    @Nullable String accept(@Nullable String key, ParseErrors parseErrors) {
      if (list || key == null) {
        return null;
      }
      boolean first = children.isEmpty();
      if (keys == null && !first && key.compareTo(lastKey) <= 0) {
        keys = new HashSet<>();
        for (ImmutableNode child : children) {
          keys.add(child.getNodeName());
        }
      }
      if (keys != null && !keys.add(key)) {
        throw parseErrors.invalid("the key " + Excerpt.of(key) + " occurs twice");
      }
      lastKey = key;
      return key;
    }

    ImmutableNode close() {
      if (list) {
        return PanTree.list(name, children);
      }
      if (keys != null) {
        // A plain lambda, because no class-data archive has those that Comparator.comparing makes.
        children.sort((one, other) -> one.getNodeName().compareTo(other.getNodeName()));
      }
      return PanTree.dict(name, children);
    }
  }
}

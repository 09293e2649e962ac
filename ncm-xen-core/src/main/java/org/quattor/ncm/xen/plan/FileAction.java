package org.quattor.ncm.xen.plan;

import org.quattor.ncm.component.Effect;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.RemoteFile;
import org.quattor.ncm.xen.text.HostPath;

/** A step on a file, a copy or a link in dom0. */
public sealed interface FileAction extends Action {

  @Override
  default void accept(Action.Visitor visitor) throws HostFailure {
    visitor.file(this);
  }

  /** Calls the method for the kind of step. */
  void accept(Visitor visitor) throws HostFailure;

  /** Acts by kind; a new kind of step breaks every place that has to decide. */
  interface Visitor {
    /** Fetches a file from a web server. */
    void fetchFile(FetchFile action) throws HostFailure;

    /** Keeps a copy of a file. */
    void keepFile(KeepFile action) throws HostFailure;

    /** Writes a file. */
    void writeFile(WriteFile action) throws HostFailure;

    /** Copies a file. */
    void copyFile(CopyFile action) throws HostFailure;

    /** Gives a file or link another name. */
    void renameFile(RenameFile action) throws HostFailure;

    /** Removes a file. */
    void removeFile(RemoveFile action) throws HostFailure;

    /** Creates or corrects a link. */
    void createLink(CreateLink action) throws HostFailure;

    /** Removes a link. */
    void removeLink(RemoveLink action) throws HostFailure;
  }

  /**
   * Fetches a file that the guest needs in dom0, mode 0644.
   *
   * @param path where it is put
   * @param source where it comes from and what has to be in it
   * @param effect whether there is one already
   */
  record FetchFile(Step step, String path, RemoteFile source, Effect effect) implements FileAction {
    @Override
    public Description description() {
      return new Description("fetch-file", path, "fetch " + path + " from " + source.shown());
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.fetchFile(this);
    }
  }

  /**
   * Keeps a copy of a file that ncm-xen did not write and is about to replace.
   *
   * @param path the file
   * @param copy the path of the copy, which does not exist yet
   */
  record KeepFile(Step step, String path, String copy) implements FileAction {
    @Override
    public Description description() {
      return new Description("keep-file", copy, "keep " + path + " as " + copy);
    }

    @Override
    public Effect effect() {
      return Effect.CREATE;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.keepFile(this);
    }
  }

  /**
   * Writes a file.
   *
   * @param path where
   * @param text the whole content
   * @param mode its permission bits
   * @param effect whether there is one already
   */
  record WriteFile(Step step, String path, String text, int mode, Effect effect)
      implements FileAction {
    @Override
    public Description description() {
      return new Description("write-file", path, "write " + path);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.writeFile(this);
    }

    /** Leaves the text out: it may hold passwords, and this is for logs. */
    @Override
    public String toString() {
      return "WriteFile[" + step + ", path=" + path + ", mode=" + mode + ", effect=" + effect + "]";
    }
  }

  /**
   * Copies a script and makes the copy executable.
   *
   * @param path the script
   * @param copy where the copy goes
   * @param effect whether there is one already
   */
  record CopyFile(Step step, String path, String copy, Effect effect) implements FileAction {
    @Override
    public Description description() {
      return new Description("copy-file", copy, "copy " + path + " to " + copy);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.copyFile(this);
    }
  }

  /**
   * Renames a file or link, and replaces what has the new name.
   *
   * @param path its path
   * @param other the new path, in the same directory
   */
  record RenameFile(Step step, String path, String other) implements FileAction {
    @Override
    public Description description() {
      return new Description("rename-file", path, "rename " + path + " to " + HostPath.name(other));
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.renameFile(this);
    }
  }

  /**
   * Removes a file that ncm-xen wrote.
   *
   * @param path where
   */
  record RemoveFile(Step step, String path) implements FileAction {
    @Override
    public Description description() {
      return new Description("remove-file", path, "remove " + path);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.removeFile(this);
    }
  }

  /**
   * Creates or corrects a link.
   *
   * @param path where
   * @param file the file that it points to
   */
  record CreateLink(Step step, String path, String file) implements FileAction {
    @Override
    public Description description() {
      return new Description("create-link", path, "link " + path + " to " + file);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.createLink(this);
    }
  }

  /**
   * Removes a link that ncm-xen created.
   *
   * @param path where
   */
  record RemoveLink(Step step, String path) implements FileAction {
    @Override
    public Description description() {
      return new Description("remove-link", path, "remove link " + path);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.removeLink(this);
    }
  }
}

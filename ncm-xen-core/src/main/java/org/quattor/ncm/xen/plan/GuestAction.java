package org.quattor.ncm.xen.plan;

import org.quattor.ncm.component.Effect;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.RemoteFile;

/** A step on the files of a guest, or on its domain. */
public sealed interface GuestAction extends Action {

  /**
   * Fetches a file that the guest needs in dom0, mode 0644.
   *
   * @param path where it is put
   * @param source where it comes from and what has to be in it
   * @param effect whether there is one already
   */
  record FetchFile(Step step, String path, RemoteFile source, Effect effect)
      implements GuestAction {
    @Override
    public String type() {
      return "fetch-file";
    }

    @Override
    public String target() {
      return path;
    }

    @Override
    public String summary() {
      return "fetch " + path + " from " + source.shown();
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.fetchFile(this);
    }
  }

  /**
   * Keeps a copy of a file that is about to be replaced and that ncm-xen did not write.
   *
   * @param path the file
   * @param copy where the copy goes; nothing is there
   */
  record KeepFile(Step step, String path, String copy) implements GuestAction {
    @Override
    public String type() {
      return "keep-file";
    }

    @Override
    public String target() {
      return copy;
    }

    @Override
    public Effect effect() {
      return Effect.CREATE;
    }

    @Override
    public String summary() {
      return "keep " + path + " as " + copy;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.keepFile(this);
    }
  }

  /**
   * Writes a guest file, mode 0600.
   *
   * @param path where
   * @param text the whole content
   * @param effect whether there is one already
   */
  record WriteFile(Step step, String path, String text, Effect effect) implements GuestAction {
    @Override
    public String type() {
      return "write-file";
    }

    @Override
    public String target() {
      return path;
    }

    @Override
    public String summary() {
      return "write " + path;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.writeFile(this);
    }

    /** Leaves the text out: it may hold passwords, and this is for logs. */
    @Override
    public String toString() {
      return "WriteFile[" + step + ", path=" + path + ", effect=" + effect + "]";
    }
  }

  /**
   * Removes a guest file that ncm-xen wrote.
   *
   * @param path where
   */
  record RemoveFile(Step step, String path) implements GuestAction {
    @Override
    public String type() {
      return "remove-file";
    }

    @Override
    public String target() {
      return path;
    }

    @Override
    public String summary() {
      return "remove " + path;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.removeFile(this);
    }
  }

  /**
   * Makes or repairs an autostart link.
   *
   * @param path where
   * @param file the guest file that it points to
   */
  record CreateLink(Step step, String path, String file) implements GuestAction {
    @Override
    public String type() {
      return "create-link";
    }

    @Override
    public String target() {
      return path;
    }

    @Override
    public String summary() {
      return "link " + path + " to " + file;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.createLink(this);
    }
  }

  /**
   * Removes an autostart link.
   *
   * @param path where
   */
  record RemoveLink(Step step, String path) implements GuestAction {
    @Override
    public String type() {
      return "remove-link";
    }

    @Override
    public String target() {
      return path;
    }

    @Override
    public String summary() {
      return "remove link " + path;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.removeLink(this);
    }
  }

  /**
   * Starts a domain.
   *
   * @param domain its name
   * @param file its guest file
   * @param mayBeRebooting whether it has to be looked for once more, five seconds later, since the
   *     toolstack may be about to start it again by itself
   * @param delaySeconds what is waited after it before the next domain is started
   */
  record StartDomain(
      Step step, String domain, String file, boolean mayBeRebooting, long delaySeconds)
      implements GuestAction {
    @Override
    public String type() {
      return "start-domain";
    }

    @Override
    public String target() {
      return domain;
    }

    @Override
    public String summary() {
      return "start domain " + domain;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.startDomain(this);
    }
  }

  /**
   * Shuts a domain down.
   *
   * @param domain its name
   * @param timeoutSeconds what that may take; a domain that takes longer is left as it is
   */
  record StopDomain(Step step, String domain, long timeoutSeconds) implements GuestAction {
    @Override
    public String type() {
      return "stop-domain";
    }

    @Override
    public String target() {
      return domain;
    }

    @Override
    public String summary() {
      return "shut down domain " + domain;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.stopDomain(this);
    }
  }
}

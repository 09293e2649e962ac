package org.quattor.ncm.xen.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Component;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.CachedProfile;
import org.quattor.ncm.xen.ProfileCheck;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.XenDoctor;
import org.quattor.ncm.xen.apply.Pause;
import org.quattor.ncm.xen.doctor.Diagnosis;
import org.quattor.ncm.xen.doctor.Expectations;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.plan.ShownGuests;
import org.quattor.ncm.xen.profile.ProfileReader;
import org.quattor.ncm.xen.status.HostStatus;

/** The services behind the commands; tests have their own. */
interface Services {

  /** Returns the real one. */
  static Services xen() {
    return new Services() {
      @Override
      public Profile read(Path file) {
        return new ProfileReader().read(file);
      }

      @Override
      public Profile read(InputStream in, String source) {
        return new ProfileReader().read(in, source);
      }

      @Override
      public Profile read(CachedProfile cached) {
        return cached.read(Pause.REAL);
      }

      @Override
      public Locks locks() {
        return Locks.flock();
      }

      @Override
      public Component component() {
        return new XenComponent();
      }

      @Override
      public Function<Profile, ProfileCheck.Checked> checker(
          @Nullable Path schema, Toolstack dialect) {
        return new ProfileCheck(schema, dialect)::check;
      }

      @Override
      public HostStatus status(ComponentContext context) {
        return new XenComponent().status(context);
      }

      @Override
      public Profile noProfile() {
        return new ProfileReader()
            .read(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)), "no profile");
      }

      @Override
      public Diagnosis examine(
          ComponentContext context, boolean withProfile, Expectations expected) {
        return XenDoctor.examine(context, withProfile, expected);
      }

      @Override
      public ShownGuests show(ComponentContext context, Toolstack dialect) {
        return new XenComponent().show(context, dialect);
      }
    };
  }

  /** Reads a profile from a file. */
  Profile read(Path file);

  /** Reads a profile from a stream; the source is its name in messages. */
  Profile read(InputStream in, String source);

  /** Reads a profile of the CCM cache. */
  Profile read(CachedProfile cached);

  /** Returns the locks of hosts. */
  Locks locks();

  /** Returns the component that plans and applies. */
  Component component();

  /**
   * Returns a function that checks a profile by schema and rules, without a host; thread-safe.
   *
   * @param schema the schema of the site; null for the built-in one
   */
  Function<Profile, ProfileCheck.Checked> checker(@Nullable Path schema, Toolstack dialect);

  /** Returns the status of the guests. */
  HostStatus status(ComponentContext context);

  /** Returns an empty profile. */
  Profile noProfile();

  /** Returns the checks of a dom0. */
  Diagnosis examine(ComponentContext context, boolean withProfile, Expectations expected);

  /** Returns the guest files as they would be written, without a host. */
  ShownGuests show(ComponentContext context, Toolstack dialect);
}

package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.doctor.Diagnosis;
import org.quattor.ncm.xen.doctor.Doctor;
import org.quattor.ncm.xen.doctor.Expectations;
import org.quattor.ncm.xen.doctor.GuestInBrief;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Guest.Autostart;
import org.quattor.ncm.xen.model.XenConfiguration;
import org.quattor.ncm.xen.text.HostPath;
import org.quattor.ncm.xen.text.Mask;

/** Examines a host, with or without a profile of it. */
public final class XenDoctor {

  private static final Pattern KERNEL = Pattern.compile("vmlinu[xz]-([0-9].*)");

  private XenDoctor() {}

  /**
   * Examines the host that the context names.
   *
   * @param context its options {@code host}, {@code command-timeout}, {@code toolstack} and {@code
   *     schema} count
   * @param withProfile whether its profile is one, or only there because a context has one
   * @param expected what is expected; guests are added from the profile
   */
  public static Diagnosis examine(
      ComponentContext context, boolean withProfile, Expectations expected) {
    XenOptions options = XenOptions.of(context);
    Toolstack toolstack = options.toolstack().orElse(null);
    if (!withProfile) {
      return Doctor.examine(
          HostChoice.open(context, options, SimulatedHostSpec::bare, Mask.of(List.of())),
          expected,
          toolstack);
    }
    ValidatedProfile validated = ValidatedProfile.of(context.profile(), options);
    XenConfiguration configuration = validated.configuration();
    if (configuration == null) {
      throw new Refusal(
          Refusal.Kind.INVALID_PROFILE,
          context.profile().source() + " is not valid; ncm-xen check tells why");
    }
    ImmutableList<GuestInBrief> guests =
        configuration.guests().values().stream()
            .map(XenDoctor::brief)
            .collect(ImmutableList.toImmutableList());
    return Doctor.examine(
        HostChoice.open(
            context, options, configuration, Discretion.of(validated.component()).mask()),
        new Expectations(
            expected.dom0Memory(), expected.rootDevice(), expected.independentWallclock(), guests),
        toolstack);
  }

  private static GuestInBrief brief(Guest guest) {
    return new GuestInBrief(
        guest.key(), guest.autostart() == Autostart.ON, version(guest.options().boot().kernel()));
  }

  /** Returns the version that distributions put into the name of a kernel. */
  private static @Nullable String version(@Nullable String kernel) {
    if (kernel == null) {
      return null;
    }
    Matcher name = KERNEL.matcher(HostPath.name(kernel));
    return name.matches() ? name.group(1) : null;
  }
}

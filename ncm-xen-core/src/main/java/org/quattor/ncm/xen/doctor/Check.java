package org.quattor.ncm.xen.doctor;

/**
 * The result of one check of what a dom0 needs.
 *
 * @param id the id in the catalogue of findings, whatever the verdict
 * @param subject what was checked, in a few words
 * @param verdict the result
 * @param path the file or device that was read
 * @param found what was found, as a clause
 * @param expected what was expected; empty when the verdict is ok or nothing is to be added
 * @param fix the command that corrects it or shows more; empty if none does
 */
public record Check(
    String id,
    String subject,
    Verdict verdict,
    String path,
    String found,
    String expected,
    String fix) {

  static Check ok(Topic topic, String path, String found) {
    return new Check(topic.id(), topic.subject(), Verdict.OK, path, found, "", "");
  }

  static Check problem(Topic topic, String path, String found, String expected, String fix) {
    return new Check(topic.id(), topic.subject(), Verdict.PROBLEM, path, found, expected, fix);
  }

  static Check unknown(Topic topic, String path, String found, String fix) {
    return new Check(topic.id(), topic.subject(), Verdict.UNKNOWN, path, found, "", fix);
  }
}

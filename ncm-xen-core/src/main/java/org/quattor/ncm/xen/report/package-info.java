/**
 * A plan, a result or findings go in, text comes out: lines for people and NCM, documents in JSON.
 *
 * <p>Start with {@link org.quattor.ncm.xen.report.PlanText} and {@link
 * org.quattor.ncm.xen.report.JsonReport}. Nothing here writes anywhere; equal input gives equal
 * text.
 */
@NullMarked
package org.quattor.ncm.xen.report;

import org.jspecify.annotations.NullMarked;

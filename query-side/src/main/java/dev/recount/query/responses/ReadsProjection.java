package dev.recount.query.responses;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares the projections that an endpoint reads. The endpoint runs once they cover all writes acknowledged before the
 * request.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ReadsProjection {

    /** Stored names of the projections whose tables the endpoint reads. */
    String[] value();

    /** Whether the endpoint reads the log itself, which must then have reached {@code Min-Event-Position}. */
    boolean log() default false;

    /**
     * Whether a response is cached until an event is appended. Allowed for endpoints of one projection whose response
     * depends only on its rows, the request's address and {@code Accept} header, and the day.
     */
    boolean cached() default false;

    /**
     * Name of the path variable with an issue's id, if only events of that issue can change the response. Events of
     * other issues then keep the cached response valid.
     */
    String issue() default "";
}

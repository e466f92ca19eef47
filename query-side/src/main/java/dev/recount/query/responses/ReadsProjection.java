package dev.recount.query.responses;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Stands on every reading endpoint: it runs when these projections cover all writes answered before the request. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ReadsProjection {

    /** Stored names of the projections whose tables the endpoint reads. */
    String[] value();

    /** Whether the endpoint reads the log itself, which then has to reach {@code Min-Event-Position}. */
    boolean log() default false;

    /**
     * Whether an answer is kept and given again as long as nothing is appended. For endpoints of one projection whose answer
     * depends on nothing but its rows, the request's address and {@code Accept} header, and the day.
     */
    boolean cached() default false;

    /**
     * Name of the path variable with an issue's id, where no events but those of that issue can change the answer: it is
     * kept while others have theirs.
     */
    String issue() default "";
}

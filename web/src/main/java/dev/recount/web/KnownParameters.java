package dev.recount.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the query parameters of an endpoint. A request with another one is refused before the endpoint runs; an endpoint
 * without this has none, unless its class {@link DeclaresParameters}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface KnownParameters {

    String[] value();
}

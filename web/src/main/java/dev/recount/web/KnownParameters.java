package dev.recount.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The query parameters of an endpoint. A request with another parameter is refused before the endpoint runs. An
 * endpoint without this annotation has none, unless its class {@link DeclaresParameters}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface KnownParameters {

    String[] value();
}

package dev.recount.web;

import java.util.Set;

/** A controller all of whose endpoints have the same query parameters, which it knows otherwise than by an annotation. */
public interface DeclaresParameters {

    Set<String> parameters();
}

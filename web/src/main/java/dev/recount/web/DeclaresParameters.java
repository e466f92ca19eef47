package dev.recount.web;

import java.util.Set;

/** A controller whose endpoints all have the same query parameters, declared without annotations. */
public interface DeclaresParameters {

    Set<String> parameters();
}

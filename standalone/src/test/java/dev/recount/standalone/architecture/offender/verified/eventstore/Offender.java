package dev.recount.standalone.architecture.offender.verified.eventstore;

import dev.recount.standalone.architecture.offender.verified.verifier.Target;

record Offender(Target target) {}

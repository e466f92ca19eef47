package dev.recount.standalone.architecture.offender.verifying.verifier;

import dev.recount.standalone.architecture.offender.verifying.eventstore.Target;

record Offender(Target target) {}

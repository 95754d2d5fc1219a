package dev.echoserver.cli;

import dev.echoserver.doctor.Examination;

/** Prints what is found, for people or for scripts. */
sealed interface DoctorReport extends Examination.Report permits TextDoctorReport, JsonDoctorReport {

    /** How many faults were found. */
    long faults();

    /** That was all. */
    void end();
}
